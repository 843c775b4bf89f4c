package org.mmrace.explore;

import org.mmrace.kernel.CpuSections;
import org.mmrace.kernel.RcuCallbacks;

/**
 * One CPU, as an object that steps are about. Its parts: for each kind of section, whether the CPU is in one; and for
 * each section that has begun, whether it has ended, which changes once and is all that those see who wait for its end.
 */
final class ControlledCpu {
    /** The kinds of sections. */
    enum Kind {
        /** Interrupts are off. */
        IRQ,
        /** A user instruction. */
        INSTRUCTION,
        /** Reading under RCU. */
        RCU;

        /** The part that says whether a CPU is in such a section. */
        int now() {
            return ordinal();
        }
    }

    private static final int KINDS = Kind.values().length;

    private final int number;
    private final CpuSections sections;

    /** Of the task of this CPU only. */
    private final RcuCallbacks callbacks;

    private int queued;

    ControlledCpu(int number, CpuSections sections) {
        this.number = number;
        this.sections = sections;
        this.callbacks = new RcuCallbacks(sections);
    }

    int number() {
        return number;
    }

    RcuCallbacks callbacks() {
        return callbacks;
    }

    /** So many callbacks more wait to be run: how many there are now. */
    int queued(int more) {
        queued += more;
        return queued;
    }

    private long reading(Kind kind) {
        return switch (kind) {
            case IRQ -> sections.irqNow(number);
            case INSTRUCTION -> sections.instructionNow(number);
            case RCU -> sections.rcuNow(number);
        };
    }

    /** Whether the CPU is in such a section. */
    boolean isIn(Kind kind) {
        return (reading(kind) & 1) != 0;
    }

    /** The part that says whether the section that the CPU is in has ended. */
    int end(Kind kind) {
        return Math.toIntExact(reading(kind) * KINDS + kind.ordinal());
    }

    /** 1 for the end of a section that has ended, else 0. */
    long contents(int index) {
        int counter = index / KINDS;
        return counter != 0 && reading(Kind.values()[index % KINDS]) > counter ? 1 : 0;
    }

    @Override
    public String toString() {
        return "cpu" + number;
    }
}
