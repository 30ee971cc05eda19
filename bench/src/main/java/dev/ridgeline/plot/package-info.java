/**
 * Charts of lines, points, bars and references, drawn once for two media: SVG that follows a page's light and dark
 * colours, and PNG. Uses the pages of the report room.
 */
package dev.ridgeline.plot;
