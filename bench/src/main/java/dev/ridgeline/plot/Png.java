package dev.ridgeline.plot;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** PNG files of charts, drawn without a display. */
public final class Png {
    /** Pixels of the file for each pixel of the layout: sharp on dense screens and in print. */
    private static final int SCALE = 2;

    private static final int COLUMNS = 2;
    private static final int GAP = 20;
    private static final int HEAD = 40;

    private Png() {}

    /**
     * Draws one chart, 600 by 400 pixels large, on twice as many pixels.
     *
     * @param chart the chart
     * @return the content of the PNG file
     * @throws IllegalStateException if this machine has no font
     */
    public static byte[] of(Chart chart) {
        return draw("", List.of(chart), 1, new Cell(560, 360));
    }

    /**
     * Draws charts two in a row below a common title.
     *
     * @param title the title
     * @param charts the charts, at least one
     * @return the content of the PNG file
     * @throws IllegalStateException if this machine has no font
     */
    public static byte[] of(String title, List<Chart> charts) {
        return of(title, charts, COLUMNS);
    }

    /**
     * Draws charts below a common title.
     *
     * @param title the title
     * @param charts the charts, at least one
     * @param columns how many stand in a row; one or two can be read where the picture is 600 pixels wide
     * @return the content of the PNG file
     * @throws IllegalStateException if this machine has no font
     */
    public static byte[] of(String title, List<Chart> charts, int columns) {
        if (charts.isEmpty() || columns < 1) {
            throw new IllegalArgumentException("PNG \"" + title + "\": " + charts.size() + " charts in " + columns
                    + " columns; give at least one chart and one column");
        }
        return draw(title, charts, columns, columns == 1 ? new Cell(560, 300) : new Cell(330, 250));
    }

    /** The size of a chart. */
    private record Cell(int width, int height) {}

    private static byte[] draw(String title, List<Chart> charts, int columns, Cell cell) {
        System.setProperty("java.awt.headless", "true");
        int rows = (charts.size() + columns - 1) / columns;
        int head = title.isEmpty() ? 0 : HEAD;
        int top = title.isEmpty() ? GAP : HEAD + GAP / 2;
        int width = columns * (cell.width + GAP) + GAP;
        int height = head + rows * (cell.height + GAP) + GAP;
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Ink.PAPER.color());
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(SCALE, SCALE);
        requireFont(graphics);
        new GraphicsCanvas(graphics).text(GAP, GAP + Canvas.TEXT_SIZE, 0, Canvas.Anchor.START, Ink.TEXT, true, title);
        for (int i = 0; i < charts.size(); i++) {
            int left = GAP + i % columns * (cell.width + GAP);
            int down = top + i / columns * (cell.height + GAP);
            Graphics2D part = (Graphics2D) graphics.create(left, down, cell.width, cell.height);
            charts.get(i).draw(new GraphicsCanvas(part), cell.width, cell.height);
            part.dispose();
        }
        graphics.dispose();
        return encode(image);
    }

    /** Finds out before anything is drawn whether text can be; a bare container has no font. */
    private static void requireFont(Graphics2D graphics) {
        try {
            graphics.drawString(" ", 0, 0);
        } catch (RuntimeException | Error e) { // what the platform throws here is not specified and has changed
            throw new IllegalStateException(
                    "PNG files need a font, and this machine has none: install one (Debian: apt-get install fontconfig"
                            + " fonts-dejavu-core)",
                    e);
        }
    }

    /** Writes the file as RGB, rows unfiltered: for flat colours as small as ImageIO's, without its start-up. */
    private static byte[] encode(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(file)) {
            try (OutputStream deflated = new DeflaterOutputStream(data)) {
                for (int row = 0; row < height; row++) {
                    deflated.write(row(pixels, row * width, width));
                }
            }
            out.writeLong(0x89504E470D0A1A0AL); // the signature
            ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
            chunk(out, "IHDR", header.put((byte) 8).put((byte) 2).array()); // 8 bits, RGB
            chunk(out, "IDAT", data.toByteArray());
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private static byte[] row(int[] pixels, int offset, int width) {
        byte[] row = new byte[1 + 3 * width]; // first the filter: none
        for (int x = 0; x < width; x++) {
            int rgb = pixels[offset + x];
            row[3 * x + 1] = (byte) (rgb >> 16);
            row[3 * x + 2] = (byte) (rgb >> 8);
            row[3 * x + 3] = (byte) rgb;
        }
        return row;
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
