/**
 * The proof that nothing is lost and nothing counted twice: reads the committed input, works
 * everything out again with plain maps and BigDecimal, and compares. Shares no arithmetic with the
 * application, on purpose.
 */
package io.tokenmeter.streams.proof;
