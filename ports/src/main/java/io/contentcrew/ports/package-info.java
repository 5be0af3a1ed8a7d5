/** What all ports share: transactions over the stores, errors of the outside world, secrets. */
@NullMarked
package io.contentcrew.ports;

import org.jspecify.annotations.NullMarked;
