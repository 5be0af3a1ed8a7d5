/** Sends mail by SMTP. */
@NullMarked
package io.contentcrew.adapters.mail;

import org.jspecify.annotations.NullMarked;
