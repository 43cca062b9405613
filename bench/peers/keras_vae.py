"""A variational autoencoder with a training step of its own, as Keras's examples write it."""

import keras
import tensorflow as tf
from keras_model import sequential


def vae(workload, jit_compile):
    """The compiled model of a variational autoencoder's workload."""
    model = VariationalAutoencoder(
        sequential(workload["input"], workload["encoder"]), sequential([workload["codeSize"]], workload["decoder"])
    )
    model.compile(optimizer=keras.optimizers.Adam(), jit_compile=jit_compile)
    # Without a call of its own the model counts as not built, and so does its optimizer.
    model.built = True
    model.optimizer.build(model.trainable_variables)
    return model


class VariationalAutoencoder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.seed_generator = keras.random.SeedGenerator(1)

    def train_step(self, data):
        (samples,) = data
        with tf.GradientTape() as tape:
            mean, log_variance = tf.split(self.encoder(samples, training=True), 2, axis=1)
            noise = keras.random.normal(tf.shape(mean), seed=self.seed_generator)
            logits = self.decoder(mean + tf.exp(0.5 * log_variance) * noise, training=True)
            crossentropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=samples, logits=logits)
            divergence = 0.5 * (tf.square(mean) + tf.exp(log_variance) - 1.0 - log_variance)
            loss = tf.reduce_mean(tf.reduce_sum(crossentropy, axis=1) + tf.reduce_sum(divergence, axis=1))
        variables = self.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        return {"loss": loss}
