package org.mmrace.op;

/**
 * A process that exists before anything runs.
 *
 * @param name how the scenario calls it
 * @param forbidsZeropage whether its mm forbids the zeropage, as on s390x with storage keys
 */
public record ProcessSpec(String name, boolean forbidsZeropage) {}
