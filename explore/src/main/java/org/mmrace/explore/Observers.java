package org.mmrace.explore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Knows whether an observer of the tasks is at work, who uses the verbs of the kernel without being a task. */
final class Observers {
    private int depth;

    /** Whether one is called right now. */
    boolean looking() {
        return depth > 0;
    }

    /** Runs {@code look}, and knows that. */
    void look(Runnable look) {
        depth++;
        try {
            look.run();
        } finally {
            depth--;
        }
    }

    /** Calls {@code observer}, and knows that. */
    <T> T wrap(Class<T> type, T observer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            depth++;
            try {
                return method.invoke(observer, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                depth--;
            }
        }));
    }
}
