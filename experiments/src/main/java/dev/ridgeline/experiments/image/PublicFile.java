package dev.ridgeline.experiments.image;

/**
 * A file of a public data set.
 *
 * @param name what it is called, wherever it is
 * @param bytes how long it is
 * @param sha256 the SHA-256 of its content, in lower-case hexadecimal digits
 */
record PublicFile(String name, long bytes, String sha256) {}
