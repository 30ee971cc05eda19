/**
 * Loops over float arrays: matrix products, fused updates, activations, losses, column statistics, patches of
 * convolutions, pooling, random bits. The
 * only room that imports the Vector API; it uses no other room.
 *
 * <p>Each public class is a checked shell. Behind it stand the SIMD loops ({@code XVector}, package-private) and
 * their specification in {@code kernel.reference}, equal bit for bit. {@link
 * dev.ridgeline.kernel.Gemm} explains the matrix product: its loops, its packing, its blocks and what it reaches.
 */
package dev.ridgeline.kernel;
