/**
 * Line charts, drawn once for two media: SVG that follows a page's light and dark colours, and PNG. Uses the Java
 * platform alone.
 */
package dev.ridgeline.plot;
