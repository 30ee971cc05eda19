package dev.ridgeline.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
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
    private static final int WIDTH = 330;
    private static final int HEIGHT = 250;
    private static final int GAP = 20;
    private static final int HEAD = 40;

    private Png() {}

    /**
     * Draws charts two in a row below a common title.
     *
     * @param title the title
     * @param charts the charts, at least one
     * @return the content of the PNG file
     * @throws IllegalStateException if this machine has no font
     */
    public static byte[] of(String title, List<Chart> charts) {
        System.setProperty("java.awt.headless", "true");
        int rows = (charts.size() + COLUMNS - 1) / COLUMNS;
        int width = COLUMNS * (WIDTH + GAP) + GAP;
        int height = HEAD + rows * (HEIGHT + GAP) + GAP;
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(SCALE, SCALE);
        requireFont(graphics);
        new GraphicsCanvas(graphics).text(GAP, GAP + Canvas.TEXT_SIZE, Canvas.Anchor.START, Ink.TEXT, true, title);
        for (int i = 0; i < charts.size(); i++) {
            int left = GAP + i % COLUMNS * (WIDTH + GAP);
            int top = HEAD + GAP / 2 + i / COLUMNS * (HEIGHT + GAP);
            Graphics2D cell = (Graphics2D) graphics.create(left, top, WIDTH, HEIGHT);
            charts.get(i).draw(new GraphicsCanvas(cell), WIDTH, HEIGHT);
            cell.dispose();
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

    /** Draws on an image. */
    private record GraphicsCanvas(Graphics2D graphics) implements Canvas {
        private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, (int) TEXT_SIZE);
        private static final Font BOLD = PLAIN.deriveFont(Font.BOLD);

        @Override
        public void text(double x, double y, Anchor anchor, Ink ink, boolean bold, String text) {
            graphics.setFont(bold ? BOLD : PLAIN);
            double width = graphics.getFontMetrics().stringWidth(text);
            double left = switch (anchor) {
                case START -> x;
                case MIDDLE -> x - width / 2;
                case END -> x - width;
            };
            graphics.setColor(ink.color());
            graphics.drawString(text, (float) left, (float) y);
        }

        @Override
        public void line(double[] x, double[] y, Ink ink, double width) {
            graphics.setColor(ink.color());
            graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            Path2D path = path(x, y);
            path.lineTo(x[x.length - 1], y[y.length - 1]);
            graphics.draw(path);
        }

        @Override
        public void area(double[] x, double[] y, Ink ink) {
            graphics.setColor(ink.color());
            graphics.setComposite(AlphaComposite.SrcOver.derive(0.25f));
            Path2D path = path(x, y);
            path.closePath();
            graphics.fill(path);
            graphics.setComposite(AlphaComposite.SrcOver);
        }

        private static Path2D path(double[] x, double[] y) {
            Path2D path = new Path2D.Double();
            path.moveTo(x[0], y[0]);
            for (int i = 1; i < x.length; i++) {
                path.lineTo(x[i], y[i]);
            }
            return path;
        }
    }
}
