package org.mmrace.run;

import java.util.*;
import org.junit.jupiter.api.Test;
import org.mmrace.explore.*;
import org.mmrace.explore.race.*;
import org.mmrace.explore.scenario.ControlledRun;
import org.mmrace.explore.strategy.*;
import org.mmrace.script.Scenario;

class ScratchRacesTest {
    @Test
    void scan() {
        boolean on = Boolean.getBoolean("faults") || System.getenv("FAULTS") != null;
        try (TaskPool pool = new TaskPool()) {
            List<DataRace> seen = new ArrayList<>();
            List<Scenario> list = System.getenv("HUNT") == null ? ScenarioFiles.all() : new ArrayList<>();
            if (System.getenv("HUNT") != null) for (String f : new java.io.File("/tmp/t-out/hunt").list()) try { list.add(org.mmrace.scenario.ScenarioReader.read(java.nio.file.Path.of("/tmp/t-out/hunt", f))); } catch (org.mmrace.scenario.MalformedScenarioException | java.io.IOException e) { System.out.println(f + (e instanceof org.mmrace.scenario.MalformedScenarioException m ? m.problems() : e)); }
            for (Scenario s : list) {
                if (on && s.fault() == null) continue;
                Strategy st = new WithFunctions(Portfolio.forBugs(1));
                int n = 0;
                for (int i = 0; i < Integer.getInteger("runs", System.getenv("HUNT") == null ? 60 : 300); i++) {
                    RaceDetector d = new RaceDetector();
                    pool.drive(() -> { try { return ControlledRun.of(s, s.config(on), pool, st, Limits.DEFAULT, d); } catch (RuntimeException e) { System.out.println(e); return null; } });
                    for (DataRace r : d.races()) {
                        n++;
                        if (on ? n == 1 : seen.stream().noneMatch(r::sameSource)) {
                            seen.add(r);
                            System.out.println(s.name() + " run " + i + ": " + r);
                        }
                    }
                }
                System.out.println("== " + s.name() + ": " + n);
            }
        }
    }
}
