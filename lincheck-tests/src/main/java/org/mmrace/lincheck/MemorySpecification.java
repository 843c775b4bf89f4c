package org.mmrace.lincheck;

import java.util.List;
import org.mmrace.fault.Series;
import org.mmrace.lincheck.MemoryState.Rights;

/**
 * What a driver's mapping of one or two pages promises, point by point (kernel-semantics.md 12.6), with mmap_lock as
 * far as it keeps points together. A TLB may forget an entry at any time; it must have forgotten it when the operation
 * that revoked it returns.
 *
 * <p>Operations are named as Lincheck calls them. The last argument of each is the thread, whose CPU it runs on; the
 * one before it, if there is one, the page.
 */
class MemorySpecification implements PointsSpecification {
    private final Backing backing;
    private final Series series;
    private final int addresses;
    private final MemoryState memory;
    private int readers;
    private boolean writer;

    MemorySpecification(Backing backing, Series series, int addresses) {
        this.backing = backing;
        this.series = series;
        this.addresses = addresses;
        Rights rights = backing == Backing.RING_BUFFER ? Rights.READ : Rights.READ_WRITE;
        this.memory = new MemoryState(backing.shared(), rights, addresses);
    }

    private MemorySpecification(MemorySpecification from) {
        backing = from.backing;
        series = from.series;
        addresses = from.addresses;
        memory = new MemoryState(from.memory);
        readers = from.readers;
        writer = from.writer;
    }

    @Override
    public final MemorySpecification copy() {
        return new MemorySpecification(this);
    }

    @Override
    public final int alternatives(String operation) {
        return switch (operation) {
            case "load", "store", "get", "getRange", "pin", "pinLongterm", "writeFault" -> 2;
            default -> 1;
        };
    }

    @Override
    public final Object point(String operation, List<?> arguments, Pending pending, int alternative) {
        int thread = (int) arguments.get(arguments.size() - 1);
        int at = arguments.size() == 1 ? 0 : (int) arguments.get(0);
        int last = addresses - 1;
        return switch (operation) {
            case "insertOrdinary" -> insert(at, MemoryState.driverPage(at));
            case "insertZero" -> insert(at, MemoryState.ZERO);
            case "insertPages" -> insertPages(pending);
            case "zap" -> zap(pending, at, at);
            case "zapRange" -> zap(pending, 0, last);
            case "munmap" -> munmap(pending);
            case "mprotectNone" -> mprotect(pending, Rights.NONE);
            case "mprotectRead" -> mprotect(pending, Rights.READ);
            case "mprotectReadWrite" -> mprotect(pending, Rights.READ_WRITE);
            case "get", "pin" -> gup(pending, at, at, alternative, false);
            case "getRange" -> gup(pending, 0, last, alternative, false);
            case "pinLongterm" -> gup(pending, at, at, alternative, true);
            case "readFault" -> fault(at, false, false);
            case "writeFault" -> fault(at, true, alternative == 1);
            case "load" -> load(at, thread, alternative);
            case "store" -> store(at, thread, alternative);
            default -> throw new IllegalArgumentException(operation);
        };
    }

    /** Point: the PTE store, or the PTE read that finds it busy, or the check that refuses. */
    private Object insert(int at, int page) {
        if (writer) {
            return BLOCKED;
        }
        if (!memory.mapped()) {
            return "unmapped";
        }
        if (page == MemoryState.ZERO && !backing.allowsZeropage(series)) {
            return "-EINVAL";
        }
        if (memory.entry(at) != MemoryState.NONE) {
            return "-EBUSY";
        }
        memory.install(at, page);
        return "0";
    }

    /** Points: each page's PTE store; the pages lie in different tables. A prefix stays mapped. */
    private Object insertPages(Pending pending) {
        if (!pending.locked()) {
            if (writer || !memory.mapped()) {
                return writer ? BLOCKED : "unmapped";
            }
            lockForRead(pending);
        }
        int at = pending.next();
        if (memory.entry(at) != MemoryState.NONE) {
            readers--;
            return "-EBUSY num " + (addresses - at);
        }
        memory.install(at, MemoryState.driverPage(at));
        pending.advance();
        if (pending.next() < addresses) {
            return MORE;
        }
        readers--;
        return "0 num 0";
    }

    /** Points: the clear of each PTE, then the return, when no TLB has any of them. */
    private Object zap(Pending pending, int first, int last) {
        if (!pending.locked()) {
            if (writer || !memory.mapped()) {
                return writer ? BLOCKED : "-ENOMEM";
            }
            lockForRead(pending);
        }
        return clearThenFlush(pending, first, last);
    }

    private Object clearThenFlush(Pending pending, int first, int last) {
        int at = first + pending.next();
        if (at <= last) {
            memory.clear(at);
            pending.advance();
            return MORE;
        }
        memory.flush(first, last);
        readers--;
        return "0";
    }

    /** Points: the removal from the tree, the clear of each PTE, the return. */
    private Object munmap(Pending pending) {
        if (pending.locked()) {
            return clearThenFlush(pending, 0, addresses - 1);
        }
        if (writer || readers > 0) {
            return BLOCKED;
        }
        if (!memory.mapped()) {
            return "0";
        }
        memory.unmap();
        lockForRead(pending);
        return MORE;
    }

    /** Points: flags and the first PTE, each further PTE, the return. mmap_lock is held for writing all along. */
    private Object mprotect(Pending pending, Rights rights) {
        if (!pending.locked()) {
            if (writer || readers > 0) {
                return BLOCKED;
            }
            if (!memory.mapped()) {
                return "-ENOMEM";
            }
            if (rights == Rights.READ_WRITE && backing == Backing.RING_BUFFER) {
                return "-EACCES";
            }
            if (memory.rights() == rights) {
                return "0";
            }
            writer = true;
            memory.setRights(rights);
            pending.lock();
        }
        int at = pending.next();
        if (at < addresses) {
            memory.protect(at);
            pending.advance();
            return MORE;
        }
        memory.flush(0, addresses - 1);
        writer = false;
        return "0";
    }

    /** Points: for each page the re-check of GUP-fast, or the look under the PTL of the slow path, or an unshare. */
    private Object gup(Pending pending, int first, int last, int alternative, boolean longterm) {
        int at = first + pending.next();
        int entry = memory.entry(at);
        boolean unshare = longterm && backing == Backing.PRIVATE && !memory.isAnon(entry);
        if (alternative == 0) {
            boolean special = MemoryState.isZero(entry) && series != Series.BEFORE;
            boolean slow = pending.locked() || !MemoryState.isAccessible(entry) || special || unshare;
            return slow ? BLOCKED : got(pending, entry, at == last);
        }
        if (!pending.locked()) {
            if (writer) {
                return BLOCKED;
            }
            lockForRead(pending);
        }
        if (entry == MemoryState.NONE || !memory.mapped() || memory.rights() == Rights.NONE) {
            readers--;
            return pending.soFar().isEmpty() ? "-EFAULT" : pending.soFar();
        }
        if (unshare) {
            memory.copyOnWrite(at);
            return MORE;
        }
        return got(pending, entry, at == last);
    }

    private Object got(Pending pending, int entry, boolean last) {
        pending.append(memory.name(entry));
        pending.advance();
        if (!last) {
            return MORE;
        }
        if (pending.locked()) {
            readers--;
        }
        return pending.soFar();
    }

    /**
     * Point: the PTE store, or the look under the PTL that finds nothing to do, or nothing there.
     *
     * @param changed whether that look found another entry than the first one: access again, nothing is done
     */
    private Object fault(int at, boolean write, boolean changed) {
        if (writer) {
            return BLOCKED;
        }
        if (!memory.mapped() || memory.rights() == Rights.NONE || (write && !memory.mayWrite())) {
            return "SIGSEGV";
        }
        if (memory.entry(at) == MemoryState.NONE) {
            return "SIGBUS";
        }
        if (write && !changed && !MemoryState.isWritable(memory.entry(at))) {
            memory.makeWritable(at);
        }
        return "0";
    }

    /** Points: a fill of the TLB, then the read through it; or the fault that ends in a signal. */
    private Object load(int at, int thread, int alternative) {
        if (alternative == 0) {
            return memory.hits(at, thread, false) ? Long.toString(memory.load(at, thread)) : BLOCKED;
        }
        if (!MemoryState.isAccessible(memory.entry(at))) {
            return fault(at, false, false);
        }
        return memory.fill(at, thread, false) ? MORE : BLOCKED;
    }

    /** Points: write faults as long as there is no right to write, a fill of the TLB, the write through it. */
    private Object store(int at, int thread, int alternative) {
        if (alternative == 0) {
            if (!memory.hits(at, thread, true)) {
                return BLOCKED;
            }
            memory.store(at, thread, thread);
            return "0";
        }
        if (!MemoryState.isWritable(memory.entry(at))) {
            Object result = fault(at, true, false);
            return "0".equals(result) ? MORE : result;
        }
        return memory.fill(at, thread, true) ? MORE : BLOCKED;
    }

    private void lockForRead(Pending pending) {
        readers++;
        pending.lock();
    }

    /** For a strict specification: the whole operation at one instant. */
    final String run(String operation, Object... arguments) {
        String result = String.valueOf(atOnce(operation, arguments));
        memory.normalize();
        return result;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof MemorySpecification that
                && memory.equals(that.memory)
                && readers == that.readers
                && writer == that.writer;
    }

    @Override
    public final int hashCode() {
        return 31 * (31 * memory.hashCode() + readers) + (writer ? 1 : 0);
    }
}
