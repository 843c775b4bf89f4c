package org.mmrace.conform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recorders name most errors; the few that they left as numbers get their names here. */
final class ErrnoName {
    private static final Map<Long, String> NAMES = Map.ofEntries(
            Map.entry(-1L, "-EPERM"),
            Map.entry(-2L, "-ENOENT"),
            Map.entry(-4L, "-EINTR"),
            Map.entry(-5L, "-EIO"),
            Map.entry(-6L, "-ENXIO"),
            Map.entry(-9L, "-EBADF"),
            Map.entry(-11L, "-EAGAIN"),
            Map.entry(-12L, "-ENOMEM"),
            Map.entry(-13L, "-EACCES"),
            Map.entry(-14L, "-EFAULT"),
            Map.entry(-16L, "-EBUSY"),
            Map.entry(-17L, "-EEXIST"),
            Map.entry(-19L, "-ENODEV"),
            Map.entry(-22L, "-EINVAL"),
            Map.entry(-26L, "-ETXTBSY"),
            Map.entry(-27L, "-EFBIG"),
            Map.entry(-28L, "-ENOSPC"),
            Map.entry(-29L, "-ESPIPE"),
            Map.entry(-31L, "-EMLINK"),
            Map.entry(-32L, "-EPIPE"),
            Map.entry(-34L, "-ERANGE"),
            Map.entry(-38L, "-ENOSYS"),
            Map.entry(-75L, "-EOVERFLOW"),
            Map.entry(-95L, "-EOPNOTSUPP"),
            Map.entry(-105L, "-ENOBUFS"));

    private ErrnoName() {}

    /** The name for the number of an error, anything else as it is. */
    static @Nullable Object of(@Nullable Object result) {
        return result instanceof Long number && number < 0 ? NAMES.getOrDefault(number, number.toString()) : result;
    }
}
