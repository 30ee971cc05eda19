package dev.ridgeline.experiments.image;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A public set of images that can be downloaded: four files, as {@link ImageData#read} wants them. The digests are those
 * that torchvision and others pin.
 *
 * @param title what the set is called
 * @param folder the name of its folder in the cache
 * @param addresses where its files are, each address with a slash at its end; tried in this order
 * @param files the files
 */
public record PublicImages(String title, String folder, List<URI> addresses, List<PublicFile> files) {
    /** 60,000 + 10,000 articles of clothing (Xiao, Rasul and Vollgraf, arXiv:1708.07747, 2017), MIT licence. */
    public static final PublicImages FASHION_MNIST = new PublicImages(
            "Fashion-MNIST",
            "fashion-mnist",
            List.of(
                    URI.create("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
                    URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            List.of(
                    new PublicFile(
                            "train-images-idx3-ubyte.gz",
                            26_421_880,
                            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
                    new PublicFile(
                            "train-labels-idx1-ubyte.gz",
                            29_515,
                            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
                    new PublicFile(
                            "t10k-images-idx3-ubyte.gz",
                            4_422_102,
                            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
                    new PublicFile(
                            "t10k-labels-idx1-ubyte.gz",
                            5_148,
                            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")));

    /** 60,000 + 10,000 handwritten digits (LeCun, Cortes and Burges, 1998), CC BY-SA 3.0. */
    public static final PublicImages MNIST = new PublicImages(
            "MNIST",
            "mnist",
            List.of(
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/")),
            List.of(
                    new PublicFile(
                            "train-images-idx3-ubyte.gz",
                            9_912_422,
                            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
                    new PublicFile(
                            "train-labels-idx1-ubyte.gz",
                            28_881,
                            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
                    new PublicFile(
                            "t10k-images-idx3-ubyte.gz",
                            1_648_877,
                            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
                    new PublicFile(
                            "t10k-labels-idx1-ubyte.gz",
                            4_542,
                            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6")));

    /** Copies the lists. */
    public PublicImages {
        addresses = List.copyOf(addresses);
        files = List.copyOf(files);
    }

    /** Returns the set that these files are, by their content. */
    static Optional<PublicImages> of(ImageFiles files) {
        List<String> digests = files.paths().stream().map(PartialFile::sha256).toList();
        return List.of(FASHION_MNIST, MNIST).stream()
                .filter(set ->
                        set.files().stream().map(PublicFile::sha256).toList().equals(digests))
                .findFirst();
    }
}
