package org.mmrace.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnobsTest {
    private static final KernelConfig PLAIN = KernelConfig.of(Series.AFTER);

    @Test
    void turnsEveryKnob() {
        KernelConfig config = Knobs.set(
                PLAIN,
                Map.of(
                        "pteSpecial", "0",
                        "GUPFAST", "off",
                        "vmaLock", "none",
                        "tableFree", "ipi",
                        "secretmem", "true",
                        "release", "6.19",
                        "softDirty", "yes",
                        "debugVm", "no",
                        "refLimit", "2000",
                        "ptrsPerTable", "32"));
        assertThat(config.pteSpecial()).isFalse();
        assertThat(config.gupFast()).isFalse();
        assertThat(config.vmaLock()).isEqualTo(VmaLockStyle.NONE);
        assertThat(config.tableFree()).isEqualTo(TableFree.IPI);
        assertThat(config.secretmem()).isTrue();
        assertThat(config.softDirty()).isTrue();
        assertThat(config.release()).isEqualTo(6019);
        assertThat(config.debugVm()).isFalse();
        assertThat(config.refLimit()).isEqualTo(2000);
        assertThat(config.ptrsPerTable()).isEqualTo(32);
        assertThat(Knobs.set(PLAIN, Map.of("tlbStyle", "broadcast")).tlbStyle()).isEqualTo(TlbStyle.BROADCAST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            colour       | red   | unknown knob 'colour'; there are daxStyle, debugVm, gupFast
            pteSpecial   | 2     | knob pteSpecial: '2' is neither 0 nor 1
            vmaLock      | BIG   | knob vmaLock: unknown value 'BIG'; there are NONE
            refLimit     | -1    | knob refLimit: '-1' is not a number
            release      | six   | knob release: not a kernel release: six
            refLimit     | 1     | refLimit must be between 2 and 2^31
            ptrsPerTable | 12    | ptrsPerTable must be a power of two
            """)
    void refuses(String knob, String value, String message) {
        assertThatThrownBy(() -> Knobs.set(PLAIN, Map.of(knob, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void refusesKernelsThatCannotBe() {
        assertThatThrownBy(() -> Knobs.set(PLAIN, Map.of("tlbStyle", "BROADCAST", "tableFree", "IPI")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesEveryKnobOfTheKernel() {
        List<String> parts = Arrays.stream(KernelConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("faults"))
                .toList();
        assertThat(Knobs.values(PLAIN)).containsOnlyKeys(parts);
        assertThat(Knobs.values(PLAIN))
                .containsEntry("release", "6.11")
                .containsEntry("pteSpecial", true)
                .containsEntry("refLimit", 1L << 31)
                .containsEntry("remedies", List.of());
    }

    @Test
    void saysWhatDiffersAsItWouldBeSet() {
        assertThat(Knobs.changed(PLAIN)).isEmpty();
        Map<String, String> settings = Map.ofEntries(
                Map.entry("daxStyle", "REFCOUNTED"),
                Map.entry("debugVm", "false"),
                Map.entry("gupFast", "false"),
                Map.entry("ptReclaim", "true"),
                Map.entry("pteSpecial", "false"),
                Map.entry("ptrsPerTable", "32"),
                Map.entry("refLimit", "2000"),
                Map.entry("release", "6.12"),
                Map.entry("remedies", "F02,F04"),
                Map.entry("secretmem", "true"),
                Map.entry("softDirty", "true"),
                Map.entry("tlbStyle", "BROADCAST"),
                Map.entry("vmaLock", "REFCNT"));
        assertThat(Knobs.changed(Knobs.set(PLAIN, settings))).isEqualTo(settings);
        assertThat(Knobs.text(Knobs.changed(Knobs.set(PLAIN, Map.of("release", "6.12", "gupfast", "0")))))
                .isEqualTo("gupFast=false release=6.12");
    }
}
