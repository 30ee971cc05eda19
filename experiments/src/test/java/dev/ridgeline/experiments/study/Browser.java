package dev.ridgeline.experiments.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgeline.report.Json;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Looks at a report page in headless Chromium, 1280 and 400 pixels wide, in light and dark. Where no Chromium is installed
 * the test is skipped.
 */
public final class Browser {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final int[] WIDTHS = {1280, 400};
    private static final int HEIGHT = 5000;
    private static final long SECONDS = 60;
    private static final Pattern SEEN = Pattern.compile("<p id=\"seen-(\\w+)\">([^<]*)</p>");

    private Browser() {}

    /**
     * Asserts that a page is sound: all its charts are shown, no text in them is cut off or covers another, nothing is
     * wider than the page unless it scrolls by itself. What is closed is opened for this. Screenshots are kept in {@code
     * target/screenshots}.
     *
     * @param name what the screenshots are called
     * @param html the page
     * @param charts how many charts it has
     */
    public static void check(String name, String html, int charts) throws IOException, InterruptedException {
        Path browser = find().orElse(null);
        assumeTrue(browser != null, "no Chromium is installed");
        Path folder = Files.createTempDirectory("browser");
        try {
            Files.writeString(folder.resolve("page.html"), html.replace("</body>", script() + "</body>"));
            Files.writeString(folder.resolve("views.html"), views());
            String dom = open(browser, folder);
            Map<String, Object> seen = seen(dom);
            keep(name, folder.resolve("views.png"), seen);
            assertEquals(WIDTHS.length * 2, seen.size(), dom);
            seen.forEach((view, looks) -> check(view, (Map<?, ?>) looks, charts));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static void check(String view, Map<?, ?> looks, int charts) {
        assertEquals(view.endsWith("dark"), looks.get("dark"), view);
        assertEquals(charts, looks.get("charts"), view + ": charts");
        ((Map<?, ?>) looks.get("faults"))
                .forEach((fault, where) -> assertEquals(List.of(), where, view + ": " + fault));
        int width = Integer.parseInt(view.replaceAll("\\D", ""));
        assertTrue((int) looks.get("width") <= width, view + ": the page is " + looks.get("width") + " pixels wide");
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String script() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("look.js")) {
            return "<script>\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8) + "</script>\n";
        }
    }

    /** A frame for each view, side by side; the colour scheme of a frame is what its page finds preferred. */
    private static String views() {
        StringBuilder html = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"margin:0\">");
        html.append("<script>addEventListener('message', event => {")
                .append(
                        "const frame = [...document.querySelectorAll('iframe')].find(f => f.contentWindow === event.source);")
                .append("const p = document.createElement('p'); p.id = 'seen-' + frame.id; p.hidden = true;")
                .append("p.textContent = encodeURIComponent(JSON.stringify(event.data)); document.body.append(p); })")
                .append("</script><div style=\"display:flex\">");
        for (int width : WIDTHS) {
            for (String scheme : List.of("light", "dark")) {
                html.append("<iframe id=\"w%d%s\" src=\"page.html\" style=\"flex:none;width:%dpx;height:%dpx;border:0;"
                        .formatted(width, scheme, width, HEIGHT));
                html.append("color-scheme:").append(scheme).append("\"></iframe>");
            }
        }
        return html.append("</div></body>").toString();
    }

    private static String open(Path browser, Path folder) throws IOException, InterruptedException {
        int width = 0;
        for (int w : WIDTHS) {
            width += 2 * w;
        }
        List<String> command = new ArrayList<>(List.of(browser.toString(), "--headless", "--disable-gpu"));
        command.add("--no-sandbox"); // as root there is none; the page is ours
        command.add("--hide-scrollbars");
        command.add("--user-data-dir=" + folder.resolve("profile"));
        command.add("--screenshot=" + folder.resolve("views.png"));
        command.add("--window-size=" + width + "," + HEIGHT);
        command.add("--dump-dom");
        command.add(folder.resolve("views.html").toUri().toString());
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), () -> "Chromium hangs: " + text(log));
            assertEquals(0, process.exitValue(), () -> text(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(dom);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Returns what each page told, by the view: width and colour scheme. */
    private static Map<String, Object> seen(String dom) {
        Map<String, Object> seen = new TreeMap<>();
        Matcher matcher = SEEN.matcher(dom.replace(" hidden=\"\"", ""));
        while (matcher.find()) {
            seen.put(matcher.group(1), Json.read(URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8)));
        }
        return seen;
    }

    /** Cuts the screenshot of all views into one for each. */
    private static void keep(String name, Path all, Map<String, Object> seen) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        BufferedImage image = ImageIO.read(all.toFile());
        int left = 0;
        for (int width : WIDTHS) {
            for (String scheme : List.of("light", "dark")) {
                Map<?, ?> looks = (Map<?, ?>) seen.get("w" + width + scheme);
                int height = looks == null ? HEIGHT : Math.min(HEIGHT, (int) looks.get("height"));
                File file = SCREENSHOTS
                        .resolve(name + "-" + width + "-" + scheme + ".png")
                        .toFile();
                ImageIO.write(image.getSubimage(left, 0, width, height), "png", file);
                left += width;
            }
        }
    }
}
