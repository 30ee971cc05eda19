/**
 * Charts of lines, points, bars and references, drawn once for two media: SVG that follows a page's light and dark
 * colours, and PNG. Uses the Java platform and the report room's escaping.
 */
package dev.ridgeline.plot;
