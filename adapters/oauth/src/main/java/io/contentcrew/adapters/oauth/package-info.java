/** Google, GitHub and Facebook as identity providers, by OAuth 2 and OpenID Connect. */
@NullMarked
package io.contentcrew.adapters.oauth;

import org.jspecify.annotations.NullMarked;
