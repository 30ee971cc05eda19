/**
 * What every report is made of: the machine it was measured on, a folder whose files appear whole or not at all, JSON, a
 * self-contained HTML page and its charts. Uses the kernel room to name the kernels.
 */
package dev.ridgeline.report;
