package org.mmrace.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;

class MemoryStateTest {
    /** One worker, so that the campaign is the same each time. */
    private static StressResult violating() {
        KernelConfig kernel = KernelConfig.of(Series.AFTER).with(Fault.B36);
        return Campaigns.run(Campaigns.of(kernel).opsPerThread(200_000));
    }

    @Test
    void aViolationLeavesTheOperationsThatMakeThePageTables() {
        StressResult result = violating();
        List<LoggedOperation> mappings = result.memory().mappings();
        assertThat(mappings).isNotEmpty();
        assertThat(mappings).extracting(LoggedOperation::result).containsOnly(OpResult.OK);
        assertThat(mappings)
                .filteredOn(operation -> operation.kind() != Operation.FORK && operation.kind() != Operation.EXIT_MMAP)
                .allSatisfy(operation -> assertThat(operation.slot()).isNotNull());
        assertThat(mappings)
                .extracting(LoggedOperation::kind)
                .contains(Operation.STORE, Operation.LOAD, Operation.VM_INSERT_PAGE);
        assertThat(result.memory().tlbs()).containsOnlyKeys("worker-0");
    }

    @Test
    void theSameCampaignLeavesTheSame() {
        assertThat(violating().memory()).isEqualTo(violating().memory());
    }

    @Test
    void nothingIsLeftOfACleanCampaign() {
        assertThat(Campaigns.run(Campaigns.after()).memory()).isEqualTo(MemoryState.NONE);
    }
}
