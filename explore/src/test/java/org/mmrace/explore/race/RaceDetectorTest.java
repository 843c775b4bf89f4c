package org.mmrace.explore.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.race.Watched.Tasks;
import org.mmrace.explore.strategy.OneAfterAnother;
import org.mmrace.explore.strategy.Pos;
import org.mmrace.explore.strategy.RandomWalk;
import org.mmrace.kernel.Kernel;
import org.mmrace.kernel.LockClass;
import org.mmrace.kernel.RcuPointer;
import org.mmrace.kernel.RefCount;
import org.mmrace.kernel.RwSem;
import org.mmrace.kernel.SeqCount;
import org.mmrace.kernel.SpinLock;
import org.mmrace.kernel.Task;
import org.mmrace.kernel.Verb;
import org.mmrace.kernel.Word;
import org.mmrace.kernel.WordArray;

/** Each program that races next to the nearest one that does not. */
class RaceDetectorTest {
    private static final int RUNS = 30;

    private static List<DataRace> races(Consumer<Tasks> program) {
        List<DataRace> all = new ArrayList<>();
        for (var strategy : List.of(new RandomWalk(1), new Pos(2))) {
            Watched.run(program, strategy, RUNS, RaceDetector::new, (detector, ending) -> all.addAll(detector.races()));
        }
        return all;
    }

    private static void races(boolean expected, Consumer<Tasks> program) {
        List<DataRace> found = races(program);
        assertThat(found.isEmpty()).as(found.toString()).isEqualTo(!expected);
    }

    /** A message in a plain cell: what hands it over decides. */
    private static void message(boolean races, Consumer<Pair> send, Predicate<Pair> receive) {
        races(races, tasks -> {
            Word message = new Word();
            Pair pair = new Pair(tasks.kernel, new Word());
            tasks.task(task -> {
                tasks.kernel.writePlain(message, 42);
                send.accept(pair);
            });
            tasks.task(task -> {
                if (receive.test(pair)) {
                    tasks.kernel.readPlain(message);
                }
            });
        });
    }

    private record Pair(Kernel kernel, Word flag) {}

    @Test
    void plainStoresOfTwoTasksRace() {
        races(true, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.writePlain(cell, 1)).task(task -> tasks.kernel.writePlain(cell, 2));
        });
    }

    @Test
    void plainLoadsDoNotRace() {
        races(false, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.readPlain(cell)).task(task -> tasks.kernel.readPlain(cell));
        });
    }

    @Test
    void plainLoadRacesWithMarkedStore() {
        races(true, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.readPlain(cell)).task(task -> tasks.kernel.writeOnce(cell, 1));
        });
    }

    @Test
    void plainStoreRacesWithMarkedLoad() {
        races(true, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.writePlain(cell, 1)).task(task -> tasks.kernel.readOnce(cell));
        });
    }

    @Test
    void plainLoadDoesNotRaceWithMarkedLoad() {
        races(false, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.readPlain(cell)).task(task -> tasks.kernel.readOnce(cell));
        });
    }

    @Test
    void markedAccessesDoNotRace() {
        races(false, tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.writeOnce(cell, 1)).task(task -> tasks.kernel.addReturn(cell, 1));
        });
    }

    @Test
    void elementsOfAnArrayAreCellsOfTheirOwn() {
        races(false, tasks -> {
            WordArray cells = new WordArray(2);
            tasks.task(task -> tasks.kernel.writePlain(cells, 0, 1)).task(task -> tasks.kernel.writePlain(cells, 1, 1));
        });
        races(true, tasks -> {
            WordArray cells = new WordArray(2);
            tasks.task(task -> tasks.kernel.writePlain(cells, 1, 1)).task(task -> tasks.kernel.readPlain(cells, 1));
        });
    }

    /** A race is found in executions that do not interleave at all. */
    @Test
    void oneTaskAfterTheOtherIsEnough() {
        List<DataRace> found = new ArrayList<>();
        Consumer<Tasks> program = tasks -> {
            Word cell = new Word();
            tasks.task(task -> tasks.kernel.writePlain(cell, 1)).task(task -> tasks.kernel.readPlain(cell));
        };
        Watched.run(
                program,
                new OneAfterAnother(),
                1,
                RaceDetector::new,
                (detector, ending) -> found.addAll(detector.races()));
        assertThat(found).hasSize(1);
    }

    @Test
    void spinLockOrdersAndAnotherOneDoesNot() {
        for (boolean same : new boolean[] {true, false}) {
            races(!same, tasks -> {
                Word cell = new Word();
                SpinLock one = new SpinLock(LockClass.PTL, "ptl:1");
                SpinLock two = same ? one : new SpinLock(LockClass.PTL, "ptl:2");
                tasks.task(task -> increment(tasks.kernel, task, one, cell))
                        .task(task -> increment(tasks.kernel, task, two, cell));
            });
        }
    }

    private static void increment(Kernel kernel, Task task, SpinLock lock, Word cell) {
        kernel.spinLock(task, lock);
        kernel.writePlain(cell, kernel.readPlain(cell) + 1);
        kernel.spinUnlock(task, lock);
    }

    @Test
    void writerOfSemaphoreIsOrderedWithReadersAndReadersAreNotWithEachOther() {
        for (boolean store : new boolean[] {false, true}) {
            races(store, tasks -> {
                Kernel kernel = tasks.kernel;
                Word cell = new Word();
                RwSem lock = new RwSem(LockClass.MMAP, "mmap_lock:mm1");
                tasks.task(task -> {
                    kernel.downWrite(task, lock);
                    kernel.writePlain(cell, 1);
                    kernel.downgradeWrite(task, lock);
                    kernel.readPlain(cell);
                    kernel.upRead(task, lock);
                });
                for (int i = 0; i < 2; i++) {
                    tasks.task(task -> {
                        kernel.downRead(task, lock);
                        if (store) {
                            kernel.writePlain(cell, 2);
                        } else {
                            kernel.readPlain(cell);
                        }
                        kernel.upRead(task, lock);
                    });
                }
            });
        }
    }

    @Test
    void trylockOrdersIfItSucceeds() {
        for (boolean looksAtResult : new boolean[] {true, false}) {
            races(!looksAtResult, tasks -> {
                Kernel kernel = tasks.kernel;
                Word cell = new Word();
                RwSem lock = new RwSem(LockClass.VMA_WRITE, "vma_lock:1");
                tasks.task(task -> {
                    kernel.downWrite(task, lock);
                    kernel.writePlain(cell, 1);
                    kernel.upWrite(task, lock);
                });
                tasks.task(task -> {
                    boolean got = kernel.downReadTrylock(task, lock);
                    if (got || !looksAtResult) {
                        kernel.readPlain(cell);
                    }
                    if (got) {
                        kernel.upRead(task, lock);
                    }
                });
            });
        }
    }

    @Test
    void releaseAndAcquireHandOver() {
        message(false, p -> p.kernel.storeRelease(p.flag, 1), p -> p.kernel.loadAcquire(p.flag) == 1);
    }

    @Test
    void markedAccessesAloneDoNotHandOver() {
        message(true, p -> p.kernel.writeOnce(p.flag, 1), p -> p.kernel.readOnce(p.flag) == 1);
        message(true, p -> p.kernel.storeRelease(p.flag, 1), p -> p.kernel.readOnce(p.flag) == 1);
        message(true, p -> p.kernel.writeOnce(p.flag, 1), p -> p.kernel.loadAcquire(p.flag) == 1);
    }

    @Test
    void barriersHandOver() {
        message(
                false,
                p -> {
                    p.kernel.smpMb();
                    p.kernel.writeOnce(p.flag, 1);
                },
                p -> {
                    boolean sent = p.kernel.readOnce(p.flag) == 1;
                    p.kernel.smpMb();
                    return sent;
                });
    }

    @Test
    void barrierOfOneSideDoesNotHandOver() {
        message(
                true,
                p -> {
                    p.kernel.smpMb();
                    p.kernel.writeOnce(p.flag, 1);
                },
                p -> p.kernel.readOnce(p.flag) == 1);
    }

    @Test
    void atomicsHandOver() {
        message(false, p -> p.kernel.addReturn(p.flag, 1), p -> p.kernel.addReturn(p.flag, 0) == 1);
        message(false, p -> p.kernel.cmpxchg(p.flag, 0, 1), p -> p.kernel.cmpxchg(p.flag, 1, 0));
    }

    @Test
    void looksAtNothingThatWasHandedOver() {
        message(true, p -> p.kernel.storeRelease(p.flag, 1), p -> p.kernel.loadAcquire(p.flag) == 0);
    }

    @Test
    void publishedPointerHandsOver() {
        races(false, tasks -> {
            RcuPointer<Word> pointer = new RcuPointer<>(null);
            tasks.task(task -> {
                Word made = new Word();
                tasks.kernel.writePlain(made, 1);
                tasks.kernel.rcuAssignPointer(pointer, made);
            });
            tasks.task(task -> {
                Word found = tasks.kernel.rcuDereference(pointer);
                if (found != null) {
                    tasks.kernel.readPlain(found);
                }
            });
        });
    }

    @Test
    void storeBehindPublicationRaces() {
        races(true, tasks -> {
            RcuPointer<Word> pointer = new RcuPointer<>(null);
            tasks.task(task -> {
                Word made = new Word();
                tasks.kernel.rcuAssignPointer(pointer, made);
                tasks.kernel.writePlain(made, 1);
            });
            tasks.task(task -> {
                Word found = tasks.kernel.rcuDereference(pointer);
                if (found != null) {
                    tasks.kernel.readPlain(found);
                }
            });
        });
    }

    /** A reader in an RCU section, and a writer that takes the object away and changes it. */
    private static void reclaim(boolean races, boolean section) {
        races(races, tasks -> {
            Kernel kernel = tasks.kernel;
            Word object = new Word();
            RcuPointer<Word> pointer = new RcuPointer<>(object);
            tasks.task(task -> {
                if (section) {
                    kernel.rcuReadLock(task);
                }
                Word found = kernel.rcuDereference(pointer);
                if (found != null) {
                    kernel.readPlain(found);
                }
                if (section) {
                    kernel.rcuReadUnlock(task);
                }
            });
            tasks.task(task -> {
                kernel.rcuAssignPointer(pointer, null);
                kernel.callRcu(task, () -> kernel.writePlain(object, 1));
                kernel.rcuBarrier(task);
            });
        });
    }

    @Test
    void callbackIsOrderedBehindReaders() {
        reclaim(false, true);
    }

    @Test
    void readerWithoutSectionRacesWithCallback() {
        reclaim(true, false);
    }

    @Test
    void storeWithoutGracePeriodRacesWithReader() {
        races(true, tasks -> {
            Kernel kernel = tasks.kernel;
            Word object = new Word();
            tasks.task(task -> {
                kernel.rcuReadLock(task);
                kernel.readPlain(object);
                kernel.rcuReadUnlock(task);
            });
            tasks.task(task -> kernel.writePlain(object, 1));
        });
    }

    @Test
    void interruptIsTakenBehindSectionsThatTurnedThemOff() {
        for (boolean off : new boolean[] {true, false}) {
            races(!off, tasks -> {
                Kernel kernel = tasks.kernel;
                Word shared = new Word(1);
                Word table = new Word();
                tasks.task(task -> {
                    if (off) {
                        kernel.localIrqSave(task);
                    }
                    if (kernel.readOnce(shared) != 0) {
                        kernel.readPlain(table);
                    }
                    if (off) {
                        kernel.localIrqRestore(task);
                    }
                });
                tasks.task(task -> {
                    kernel.writeOnce(shared, 0);
                    kernel.sendIpi(task, 0);
                    kernel.writePlain(table, 1);
                });
            });
        }
    }

    @Test
    void lockBitHandsOver() {
        races(false, tasks -> {
            Kernel kernel = tasks.kernel;
            Word flags = new Word();
            Word index = new Word();
            SpinLock name = new SpinLock(LockClass.FOLIO, "folio");
            for (int i = 0; i < 2; i++) {
                tasks.task(task -> {
                    while (!kernel.cmpxchg(flags, 0, 1)) {
                        kernel.waitOnBit(task, flags, 1, name);
                    }
                    kernel.writePlain(index, kernel.readPlain(index) + 1);
                    kernel.storeRelease(flags, 0);
                });
            }
        });
    }

    @Test
    void lastReferenceIsOrderedBehindTheOthers() {
        races(false, tasks -> {
            Kernel kernel = tasks.kernel;
            RefCount count = new RefCount(2, 1 << 20);
            Word data = new Word();
            for (int i = 0; i < 2; i++) {
                tasks.task(task -> {
                    kernel.readPlain(data);
                    if (kernel.refAdd(count, -1) == 0) {
                        kernel.writePlain(data, 1);
                    }
                });
            }
        });
    }

    /** A seqlock keeps the values apart and not the accesses: readers must be marked. */
    @Test
    void sequenceDoesNotOrderReadersThatRetry() {
        for (boolean marked : new boolean[] {false, true}) {
            races(!marked, tasks -> {
                Kernel kernel = tasks.kernel;
                SeqCount sequence = new SeqCount();
                Word data = new Word();
                tasks.task(task -> {
                    kernel.rawWriteSeqcountBegin(sequence);
                    if (marked) {
                        kernel.writeOnce(data, 1);
                    } else {
                        kernel.writePlain(data, 1);
                    }
                    kernel.rawWriteSeqcountEnd(sequence);
                });
                tasks.task(task -> {
                    long start = kernel.rawReadSeqcount(sequence);
                    if (marked) {
                        kernel.readOnce(data);
                    } else {
                        kernel.readPlain(data);
                    }
                    kernel.readSeqcountRetry(sequence, start);
                });
            });
        }
    }

    private static void vmaExpand(Kernel kernel, Word end) {
        kernel.writePlain(end, 0x2000);
    }

    private static void findVma(Kernel kernel, Task task, Word end, SpinLock lock) {
        kernel.spinLock(task, lock);
        kernel.readPlain(end);
        kernel.spinUnlock(task, lock);
    }

    @Test
    void reportSaysWhoWhereHoldingWhatAndWhatChanged() {
        Consumer<Tasks> program = tasks -> {
            Word end = new Word(0x1000);
            SpinLock lock = new SpinLock(LockClass.PTL, "ptl:1");
            tasks.task(task -> vmaExpand(tasks.kernel, end)).task(task -> findVma(tasks.kernel, task, end, lock));
        };
        List<DataRace> found = new ArrayList<>();
        Watched.run(
                program,
                new OneAfterAnother(),
                1,
                () -> new RaceDetector((cell, index) -> "vm_end", true),
                (detector, ending) -> found.addAll(detector.races()));
        assertThat(found).hasSize(1);
        DataRace race = found.get(0);
        assertThat(race.first().verb()).isEqualTo(Verb.PLAIN_WRITE);
        assertThat(race.first().task()).isEqualTo("a");
        assertThat(race.second().functions()).startsWith("findVma");
        assertThat(race.second().held()).containsExactly("ptl:1 (W)");
        assertThat(race.toString())
                .startsWith("DATA RACE on vm_end: plain_write in vma_expand() by a and plain_read in find_vma() by b\n"
                        + "  plain_write in vma_expand() at RaceDetectorTest.java:")
                .contains(" by a, step 1, holding nothing\n")
                .contains(" by b, step 3, holding ptl:1 (W)\n")
                .endsWith("  value changed: 0x1000 -> 0x2000");
    }

    @Test
    void eachPairOfPlacesIsReportedOnce() {
        List<DataRace> found = new ArrayList<>();
        Consumer<Tasks> program = tasks -> {
            WordArray cells = new WordArray(8);
            for (int i = 0; i < 2; i++) {
                tasks.task(task -> {
                    for (int k = 0; k < 8; k++) {
                        tasks.kernel.writePlain(cells, k, 1);
                    }
                });
            }
        };
        Watched.run(
                program,
                new OneAfterAnother(),
                1,
                () -> new RaceDetector(CellNaming.NONE, true),
                (detector, ending) -> found.addAll(detector.races()));
        assertThat(found).hasSize(1);
    }
}
