/**
 * Where the studies get images from: IDX files, the public sets that are downloaded and verified, a sample in this jar.
 * Uses bench and core, and of the studies only their progress display.
 */
package dev.ridgeline.experiments.image;
