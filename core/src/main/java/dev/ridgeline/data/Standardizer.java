package dev.ridgeline.data;

/**
 * Shifts and scales each feature to mean 0 and standard deviation 1: z = (x - mean)/deviation. Fitted on the training
 * rows alone, so that nothing leaks from the rows that judge. Computed in double; the deviation is the biased one; a
 * constant feature is only shifted.
 */
public final class Standardizer {
    private final double[] mean;
    private final double[] deviation;

    private Standardizer(double[] mean, double[] deviation) {
        this.mean = mean;
        this.deviation = deviation;
    }

    /**
     * Measures mean and deviation of each feature.
     *
     * @param data the training rows
     * @return the standardizer
     */
    public static Standardizer fit(Dataset data) {
        int features = data.features();
        double[] mean = new double[features];
        double[] deviation = new double[features];
        for (int j = 0; j < features; j++) {
            for (int r = 0; r < data.rows(); r++) {
                mean[j] += data.x()[r * features + j];
            }
            mean[j] /= data.rows();
            for (int r = 0; r < data.rows(); r++) {
                double d = data.x()[r * features + j] - mean[j];
                deviation[j] += d * d;
            }
            deviation[j] = Math.sqrt(deviation[j] / data.rows());
            if (deviation[j] <= 1e-12 * Math.abs(mean[j])) {
                deviation[j] = 1; // constant but for rounding
            }
        }
        return new Standardizer(mean, deviation);
    }

    /**
     * Applies the transformation.
     *
     * @param data rows with the features of the fit
     * @return the same rows, standardized
     * @throws IllegalArgumentException if the number of features differs, or a result is too large for a float
     */
    public Dataset transform(Dataset data) {
        int features = data.features();
        if (features != mean.length) {
            throw new IllegalArgumentException("Standardizer: fitted to " + mean.length + " features, the data set has "
                    + features + "; fit and transform the same columns");
        }
        float[] z = new float[data.x().length];
        for (int i = 0; i < z.length; i++) {
            int j = i % features;
            z[i] = (float) ((data.x()[i] - mean[j]) / deviation[j]);
        }
        return data.withFeatures(z);
    }
}
