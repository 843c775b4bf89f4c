package org.mmrace.explore;

/**
 * The sections of one CPU, as an object that steps are about.
 *
 * @param number from 0 on
 */
public record Cpu(int number) {
    @Override
    public String toString() {
        return "cpu" + number;
    }
}
