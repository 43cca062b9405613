"""A generative adversarial network with a training step of its own, as Keras's examples write it."""

import keras
import tensorflow as tf
from keras_model import sequential


def gan(workload, jit_compile):
    """The compiled model of a GAN's workload."""
    model = GenerativeAdversarialNetwork(
        sequential([workload["codeSize"]], workload["generator"]),
        sequential(workload["input"], workload["discriminator"]),
        workload["codeSize"],
    )
    adam = {"learning_rate": workload["adam"]["learningRate"], "beta_1": workload["adam"]["beta1"]}
    model.compile(keras.optimizers.Adam(**adam), keras.optimizers.Adam(**adam), jit_compile)
    return model


class GenerativeAdversarialNetwork(keras.Model):
    def __init__(self, generator, discriminator, code_size):
        super().__init__()
        self.generator = generator
        self.discriminator = discriminator
        self.code_size = code_size
        self.seed_generator = keras.random.SeedGenerator(1)

    def compile(self, generator_optimizer, discriminator_optimizer, jit_compile):
        super().compile(jit_compile=jit_compile)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer
        generator_optimizer.build(self.generator.trainable_variables)
        discriminator_optimizer.build(self.discriminator.trainable_variables)
        # Without a call of its own the model counts as not built.
        self.built = True

    def train_step(self, data):
        (samples,) = data
        batch = tf.shape(samples)[0]
        images = self.generator(self.noise(batch), training=True)
        with tf.GradientTape() as tape:
            of_samples = self.discriminator(samples, training=True)
            of_images = self.discriminator(images, training=True)
            discriminator_loss = tf.reduce_mean(tf.nn.softplus(-of_samples)) + tf.reduce_mean(tf.nn.softplus(of_images))
        self.update(self.discriminator, self.discriminator_optimizer, tape, discriminator_loss)

        with tf.GradientTape() as tape:
            of_images = self.discriminator(self.generator(self.noise(batch), training=True), training=True)
            generator_loss = tf.reduce_mean(tf.nn.softplus(-of_images))
        self.update(self.generator, self.generator_optimizer, tape, generator_loss)
        return {"loss": discriminator_loss + generator_loss}

    def noise(self, batch):
        return keras.random.normal((batch, self.code_size), seed=self.seed_generator)

    @staticmethod
    def update(model, optimizer, tape, loss):
        variables = model.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)
