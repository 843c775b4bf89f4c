package org.mmrace.conform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelLogLineTest {
    private static List<String> functions(String... lines) {
        return KernelLogLine.complaints(List.of(lines)).stream()
                .map(KernelLogLine::function)
                .toList();
    }

    @Test
    void warningNamesItsFunction() {
        assertThat(KernelLogLine.complaints(List.of(
                        "WARNING: CPU: 0 PID: 968 at mm/memory.c:2166 insert_pfn+0x120/0x180",
                        "RIP: 0010:insert_pfn+0x120/0x180",
                        "RIP: 0033:0x4024ac")))
                .containsExactly(new KernelLogLine("insert_pfn", "mm/memory.c:2166"));
    }

    @Test
    void compilersAddToNames() {
        assertThat(functions("WARNING: CPU: 0 PID: 1 at mm/gup.c:7 try_grab_folio.isra.0+0x1/0x2"))
                .containsExactly("try_grab_folio");
    }

    @Test
    void newerKernelsOrderAWarningDifferently() {
        assertThat(functions("WARNING: mm/memory.c:7 at insert_pfn+0x1/0x2, CPU#0: t/1"))
                .containsExactly("insert_pfn");
    }

    @Test
    void crashIsWhereTheKernelStood() {
        assertThat(functions("kernel BUG at mm/rmap.c:12!", "RIP: 0010:folio_add_file_rmap+0x1/0x2"))
                .containsExactly("folio_add_file_rmap");
        assertThat(functions("kernel BUG at mm/rmap.c:12!")).containsExactly("mm/rmap.c:12");
    }

    @Test
    void reportsWithoutAFunctionHaveKnownOnes() {
        assertThat(functions("BUG: Bad page map in process t  pte:80 pmd:90", "addr:0 vm_flags:1"))
                .containsExactly("print_bad_pte");
    }
}
