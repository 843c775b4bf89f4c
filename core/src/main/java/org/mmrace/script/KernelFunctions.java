package org.mmrace.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mmrace.mm.MemoryManager;
import org.mmrace.op.Machine;

/** The functions that a task of a scenario can be in: the methods of the model and of its operations. */
public final class KernelFunctions {
    /** One class of each package; where it is, the others are. */
    private static final List<Class<?>> HOMES = List.of(MemoryManager.class, Machine.class);

    private static final String CLASS = ".class";

    private KernelFunctions() {}

    /** Holds them, read when somebody asks first. */
    private static final class Known {
        private static final Set<String> NAMES = HOMES.stream()
                .flatMap(home -> classes(home).stream())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map(Method::getName)
                .map(StepPattern::plain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is a function of that name, in kernel case or Java case. */
    public static boolean isKnown(String function) {
        return Known.NAMES.contains(StepPattern.plain(function));
    }

    private static List<Class<?>> classes(Class<?> home) {
        try {
            URL self = Objects.requireNonNull(home.getResource(home.getSimpleName() + CLASS), home::getName);
            URI uri = self.toURI();
            if (!uri.getScheme().equals("jar")) {
                return classes(home, Path.of(uri).resolveSibling(""));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return classes(home, jar.getPath(home.getPackageName().replace('.', '/')));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException("cannot list the classes next to " + home, e);
        }
    }

    private static List<Class<?>> classes(Class<?> home, Path directory) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.list(directory)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(CLASS) && !file.equals("package-info.class"))
                    .map(file -> home.getPackageName() + "." + file.substring(0, file.length() - CLASS.length()))
                    .toList();
        }
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            classes.add(Class.forName(name, false, home.getClassLoader()));
        }
        return classes;
    }
}
