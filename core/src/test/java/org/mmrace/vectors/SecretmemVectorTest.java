package org.mmrace.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mmrace.mm.GupFlags.FAST_ONLY;
import static org.mmrace.mm.GupFlags.GET;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mmrace.fault.Fault;
import org.mmrace.fault.KernelConfig;
import org.mmrace.fault.Series;
import org.mmrace.mm.AddressSpace;
import org.mmrace.mm.UserAccess.Outcome;
import org.mmrace.mm.VmFlags;
import org.mmrace.op.SetupFailedException;
import org.mmrace.vectors.Mapping.Got;

/** Secret memory: {@code memfd_secret(2)}. */
class SecretmemVectorTest {
    private static final KernelConfig CONFIG = KernelConfig.of(Series.AFTER).with(draft -> draft.secretmem(true));
    private static final VmaShape SECRET =
            VmaShape.file(AddressSpace.Kind.SECRETMEM, true, VmFlags.READ | VmFlags.WRITE);

    @Test
    @DisplayName("The process uses it, and GUP never gets it")
    void nobodyElseGetsIt() {
        try (VectorMachine m = new VectorMachine(CONFIG)) {
            Mapping v = m.map(SECRET);
            assertThat(v.store(0, 7)).isEqualTo(Outcome.DONE);
            assertThat(v.value(0)).isEqualTo(7);
            assertThat(v.state(0)).isEqualTo("Nwda, ref 2 map 1, FILE+1");
            assertThat(v.gup(0, GET).result()).isEqualTo("-EFAULT");
            assertThat(v.gupFast(0, GET).result()).isEqualTo("-EFAULT");
            assertThat(v.gupFast(0, GET | FAST_ONLY).result()).isEqualTo("0");
            assertThat(v.dontneed()).isEqualTo("-EINVAL");
        }
    }

    @Test
    @DisplayName("It is shared, and there only where the kernel has it")
    void mmapOfIt() {
        try (VectorMachine m = new VectorMachine(CONFIG)) {
            VmaShape copied = VmaShape.file(AddressSpace.Kind.SECRETMEM, false, VmFlags.READ);
            assertThat(VectorMachine.name(m.mmap(m.process(), copied, m.file(AddressSpace.Kind.SECRETMEM, 32))))
                    .isEqualTo("-EINVAL");
        }
        try (VectorMachine without = VectorMachine.of(Series.AFTER)) {
            assertThatThrownBy(() -> without.file(AddressSpace.Kind.SECRETMEM, 1))
                    .isInstanceOf(SetupFailedException.class)
                    .hasMessageContaining("secretmem");
        }
    }

    @Test
    @DisplayName("B35 GUP-fast gets a page that is not on an LRU list yet")
    void b35() {
        try (VectorMachine m = new VectorMachine(CONFIG.with(Fault.B35))) {
            AddressSpace file = m.file(AddressSpace.Kind.SECRETMEM, 32);
            Mapping v = m.map(m.process(), SECRET, file);
            v.store(0, 7);
            Got early = v.gupFast(0, GET | FAST_ONLY);
            assertThat(early.result()).isEqualTo("1");
            early.release();
            m.mm().files().dropCaches(m.task(), file);
            assertThat(v.gupFast(0, GET | FAST_ONLY).result()).isEqualTo("0");
        }
    }
}
