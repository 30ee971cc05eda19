/** The launcher of both jars, compiled for Java 17; it uses {@code java.base} and {@code java.management} alone. */
package dev.ridgeline.launch;
