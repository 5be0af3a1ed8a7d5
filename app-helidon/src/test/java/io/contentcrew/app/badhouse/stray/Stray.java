package io.contentcrew.app.badhouse.stray;

/** In no module, and in a package that nobody marked. */
final class Stray {}
