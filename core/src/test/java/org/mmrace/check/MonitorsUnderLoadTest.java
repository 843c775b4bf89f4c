package org.mmrace.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mmrace.fault.DaxStyle;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.fault.TableFree;
import org.mmrace.fault.TlbStyle;
import org.mmrace.fault.VmaLockStyle;
import org.mmrace.kernel.Task;
import org.mmrace.mm.MmMonitor;
import org.mmrace.mm.RefKind;

/** No check fires on a correct kernel however many tasks run, and the checks do look. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MonitorsUnderLoadTest {
    private static final int OPERATIONS = Integer.getInteger("loadOperations", 40_000);

    @ParameterizedTest
    @CsvSource({
        "1, IPI, RCU, true",
        "4, IPI, RCU, true",
        "16, IPI, RCU, true",
        "4, IPI, IPI, true",
        "4, BROADCAST, RCU, true",
        "4, IPI, RCU, false"
    })
    void correctKernelIsSilent(int tasks, TlbStyle tlb, TableFree tables, boolean special) throws InterruptedException {
        KernelConfig config = KernelConfig.of(Series.AFTER)
                .with(draft -> draft.tlbStyle(tlb).tableFree(tables).pteSpecial(special));
        Load load = new Load(config, tasks);
        load.run(1, OPERATIONS / tasks);
        assertThat(load.log.kept()).isEmpty();
        assertThat(load.audit()).isEmpty();
        assertThat(load.lockOrder.learned()).contains("MMAP -> PTL", "DAX_ENTRY -> I_MMAP", "PTL -> PTL");
    }

    @ParameterizedTest
    @CsvSource({
        "1, RWSEM, IPI, true",
        "4, RWSEM, IPI, true",
        "4, REFCNT, IPI, false",
        "4, REFCNT, BROADCAST, true",
        "16, REFCNT, IPI, true",
        "4, NONE, BROADCAST, true"
    })
    void correctKernelThatTakesTablesAwayIsSilent(int tasks, VmaLockStyle locks, TlbStyle tlb, boolean ptReclaim)
            throws InterruptedException {
        KernelConfig config =
                Load.after().with(draft -> draft.vmaLock(locks).tlbStyle(tlb).ptReclaim(ptReclaim));
        Load load = new Load(config, tasks);
        load.run(2, OPERATIONS / tasks);
        assertThat(load.log.kept()).isEmpty();
        assertThat(load.audit()).isEmpty();
        assertThat(load.lockOrder.learned()).contains("PAGE_TABLE -> PTL");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "4, false", "16, true"})
    void correctKernelThatCountsDaxPagesIsSilent(int tasks, boolean special) throws InterruptedException {
        KernelConfig config =
                Load.after().with(draft -> draft.daxStyle(DaxStyle.REFCOUNTED).pteSpecial(special));
        Load load = new Load(config, tasks);
        load.run(3, OPERATIONS / tasks);
        assertThat(load.log.kept()).isEmpty();
        assertThat(load.audit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void correctKernelWithSoftDirtyIsSilent(int tasks) throws InterruptedException {
        Load load = new Load(Load.after().with(draft -> draft.softDirty(true)), tasks);
        load.run(2, OPERATIONS / tasks);
        assertThat(load.log.kept()).isEmpty();
        assertThat(load.audit()).isEmpty();
    }

    @Test
    void beforeTheSeriesTheyFire() throws InterruptedException {
        Load load = new Load(KernelConfig.of(Series.BEFORE), 2);
        load.run(1, 2_000);
        assertThat(load.log.counts()).containsKeys(Invariant.I01, Invariant.I02, Invariant.I05, Invariant.I07);
    }

    @ParameterizedTest
    @CsvSource({"B09, I21", "B36, I34", "B67, I27", "B72, I13"})
    void faultsFire(Fault fault, Invariant caughtBy) throws InterruptedException {
        Load load = new Load(Load.after().with(fault), 2);
        load.run(1, 30_000);
        assertThat(load.log.counts()).containsKey(caughtBy);
    }

    @Test
    void hookBeforeAttachIsRefused() {
        MmMonitor monitors = new Monitors(new ViolationLog(1));
        Load load = new Load(Load.after(), 1);
        Task task = load.tasks.get(0);
        assertThatThrownBy(
                        () -> monitors.refChanged(task, load.platform.memory().zeroPage(), RefKind.GET, 1, 2))
                .isInstanceOf(IllegalStateException.class);
    }
}
