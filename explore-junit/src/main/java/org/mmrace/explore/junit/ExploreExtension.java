package org.mmrace.explore.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.mmrace.explore.ControlledKernel;
import org.mmrace.explore.Explorer;
import org.mmrace.explore.Explorer.Exploration;
import org.mmrace.explore.Plan;
import org.mmrace.explore.ProgramHash;
import org.mmrace.explore.Schedule;
import org.mmrace.explore.Strategy;
import org.mmrace.explore.TaskPool;
import org.mmrace.explore.Tasks;
import org.mmrace.explore.choose.StrategyName;
import org.mmrace.explore.race.LockGraph;
import org.mmrace.explore.strategy.Replay;
import org.opentest4j.AssertionFailedError;

/** Runs the methods of {@link Explore} instead of JUnit, as often as they say. */
final class ExploreExtension implements InvocationInterceptor, ParameterResolver {
    ExploreExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type.equals(ControlledKernel.class) || type.equals(Tasks.class);
    }

    /** Nothing: each execution has parameters of its own, and JUnit's own call of the method does not happen. */
    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        invocation.skip();
        Explore explore = AnnotationSupport.findAnnotation(method.getExecutable(), Explore.class)
                .orElseThrow();
        String hash = ProgramHash.of(context.getRequiredTestClass().getName() + "#"
                + method.getExecutable().getName());
        BiConsumer<ControlledKernel, Tasks> program = (kernel, tasks) -> call(method, kernel, tasks);
        try (TaskPool pool = new TaskPool()) {
            context.publishReportEntry("mmrace", explore(explore, program, hash, pool));
        }
    }

    private static void call(ReflectiveInvocationContext<Method> method, ControlledKernel kernel, Tasks tasks) {
        Object[] arguments = Arrays.stream(method.getExecutable().getParameterTypes())
                .map(type -> type.equals(Tasks.class) ? tasks : kernel)
                .toArray();
        ReflectionSupport.invokeMethod(
                method.getExecutable(), method.getTarget().orElse(null), arguments);
    }

    /** What was proved. */
    private static String explore(
            Explore explore, BiConsumer<ControlledKernel, Tasks> program, String hash, TaskPool pool) {
        LockGraph locks = new LockGraph();
        boolean replay = !explore.replay().isEmpty();
        Strategy strategy = replay
                ? new Replay(Schedule.parse(explore.replay()))
                : StrategyName.parse(explore.strategy()).make(explore.seed());
        Exploration<ExploredProgram.Run<Watch>> exploration = new Explorer<>(
                        ExploredProgram.of(explore.cpus(), program, hash, () -> new Watch(explore, locks)),
                        pool,
                        run -> run.outcome().bad() || run.listener().hasRaces())
                .run(strategy, Plan.of(replay ? 1 : explore.executions()));
        ExploredProgram.Run<Watch> found = exploration.found();
        Schedule schedule = exploration.schedule();
        if (found != null && schedule != null) {
            throw failure(
                    explore, found, schedule, ExploredProgram.of(explore.cpus(), program, hash, StepTable::new), pool);
        }
        if (!locks.potentialDeadlocks().isEmpty()) {
            throw new AssertionFailedError(
                    locks.potentialDeadlocks().stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
        return exploration.verdict();
    }

    /**
     * Says what went wrong; for that, the execution happens once more, and is written down. If the search has cut it
     * short, it goes on to its end, so that the schedule in the message is that of a whole one.
     */
    private static AssertionFailedError failure(
            Explore explore,
            ExploredProgram.Run<Watch> found,
            Schedule schedule,
            ExploredProgram<StepTable> program,
            TaskPool pool) {
        Exploration<ExploredProgram.Run<StepTable>> again =
                new Explorer<>(program, pool, run -> true).run(Replay.ofPrefix(schedule), 1);
        ExploredProgram.Run<StepTable> run = again.found();
        StringBuilder text = new StringBuilder(found.outcome().bad() ? found.outcome() + "\n" : "");
        if (run != null) {
            if (explore.races()) {
                run.listener().races().forEach(race -> text.append(race).append('\n'));
            }
            text.append(run.listener().isEmpty() ? "" : "\n" + run.listener() + "\n\n");
        }
        text.append("To do it again: @Explore(")
                .append(explore.races() ? "races = true, " : "")
                .append("replay = \"")
                .append(again.schedule())
                .append("\")");
        return new AssertionFailedError(
                text.toString(), found.outcome().ending().failure());
    }
}
