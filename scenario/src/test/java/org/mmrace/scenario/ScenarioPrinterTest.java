package org.mmrace.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mmrace.script.Scenario;

class ScenarioPrinterTest {
    /** Every kind of line, as it is printed. */
    private static final String CANONICAL = """
            # What it is about,
            #
            # and more of it.
            scenario  every-line
            title     a line of each kind: "quotes", = and #
            fault     B16a
            config    series=AFTER vmaLock=RWSEM ptrsPerTable=32
            page      A
            page      B kind=compound-tail
            file      F page-cache pages=2 readonly
            file      D driver pages=3 backing=A,Z
            process   P
            process   R forbids-zeropage
            vma       V in P anon rw pages=2
            vma       W in P file=F private r pages=1 pgoff=1
            vma       X in R file=D shared rw pages=3 at=100 unmapped set=VM_IO|VM_MIXEDMAP clear=VM_MAYWRITE \
            mmap=vm_insert_pages:A,Z fault=mixed map_pages page_mkwrite=ok pfn_mkwrite=replace
            vma       Y in R file=D shared none pages=1 mmap=remap_pfn_range
            setup
              store V[0] 7
            task a in P
              fork Q
              mprotect V[0..1] PROT_READ|PROT_WRITE
              mprotect V PROT_NONE
            task b in P
              p = pin_user_pages_fast V[0] FOLL_WRITE|FOLL_LONGTERM
              vm_insert_page W[0] A mmap_read_lock
              vm_insert_pages R:X[0] A B Z
              punch_hole F[0..1]
            finally
              seen = load Q:V[0]
              unpin_user_page p
            interleave
              a until spin_unlock ptl
              b until after in zap_pte_range 2
              a
            check     pte V[0] == Nwda
            check     rss P ANON == 1
            outcome   acceptable a=0 p=1|-EFAULT seen=* "fine"
            outcome   forbidden a=-ENOMEM
            violates  I09 outcome
            """;

    @Test
    void printsWhatItReads() throws Exception {
        assertThat(ScenarioPrinter.print(ScenarioReader.parse("canonical", CANONICAL)))
                .isEqualTo(CANONICAL);
    }

    /** Spaces, comments between the lines, the order of flags, and several pages in a line make no difference. */
    @Test
    void bringsIntoForm() throws Exception {
        Scenario scenario = ScenarioReader.parse("free", """
                scenario x   # a comment
                process P

                page A B kind=slab
                vma V in P pages=1 rw anon   # in any order
                task a in P
                pin_user_pages V FOLL_LONGTERM|FOLL_WRITE|FOLL_WRITE
                """);
        assertThat(ScenarioPrinter.print(scenario)).isEqualTo("""
                scenario  x
                page      A kind=slab
                page      B kind=slab
                process   P
                vma       V in P anon rw pages=1
                task a in P
                  pin_user_pages V FOLL_WRITE|FOLL_LONGTERM
                """);
    }

    @Test
    void readsFilesOfOtherSystems() throws Exception {
        String dos = CANONICAL.replace("\n", "\r\n");
        assertThat(ScenarioReader.parse("dos", dos)).isEqualTo(ScenarioReader.parse("unix", CANONICAL));
    }
}
