package dev.ridgeline.plot;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/** Draws on an image. */
record GraphicsCanvas(Graphics2D graphics) implements Canvas {
    private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, (int) TEXT_SIZE);
    private static final Font BOLD = PLAIN.deriveFont(Font.BOLD);
    private static final float[] DASHES = {6, 5};

    /** How far the paper around a text covers what is drawn there. */
    private static final float HALO = 1.1f;

    @Override
    public void text(double x, double y, double degrees, Anchor anchor, Ink ink, boolean bold, String text) {
        graphics.setFont(bold ? BOLD : PLAIN);
        double width = graphics.getFontMetrics().stringWidth(text);
        float left = (float)
                switch (anchor) {
                    case START -> x;
                    case MIDDLE -> x - width / 2;
                    case END -> x - width;
                };
        AffineTransform upright = graphics.getTransform();
        graphics.rotate(Math.toRadians(degrees), x, y);
        graphics.setColor(Ink.PAPER.color());
        for (int corner = 0; corner < 4; corner++) {
            float right = corner % 2 == 0 ? HALO : -HALO;
            float down = corner < 2 ? HALO : -HALO;
            graphics.drawString(text, left + right, (float) y + down);
        }
        graphics.setColor(ink.color());
        graphics.drawString(text, left, (float) y);
        graphics.setTransform(upright);
    }

    @Override
    public void line(double[] x, double[] y, Ink ink, double width, boolean dashed) {
        graphics.setColor(ink.color());
        graphics.setStroke(new BasicStroke(
                (float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, dashed ? DASHES : null, 0));
        Path2D path = path(x, y);
        path.lineTo(x[x.length - 1], y[y.length - 1]); // makes a dot of a single point
        graphics.draw(path);
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        graphics.setColor(ink.color());
        graphics.setComposite(AlphaComposite.SrcOver.derive((float) opacity));
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
