/**
 * The command line and its studies, their readers, plots and pages. Uses bench and core; core knows nothing of it.
 */
package dev.ridgeline.experiments;
