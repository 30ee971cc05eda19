/**
 * The specification of the kernels in plain scalar loops: the oracle of the tests, and what runs without SIMD. Same
 * names and arguments as the checked shells one level up; uses nothing but the interfaces there.
 */
package dev.ridgeline.kernel.reference;
