/** What the divergence of a variational autoencoder is made of, for each number of its codes. */

export interface CodeInformation {
  /** Nats that each number of the code says of a sample: what is different from one sample to another. */
  readonly held: readonly number[];
  /** Nats that each number lies off the prior for all samples together, which say nothing of any. */
  readonly offset: readonly number[];
}

/**
 * Takes the mean divergence of the codes' distributions N(μ, σ²) from the prior N(0, 1) apart (Hoffman and Johnson 2016, "ELBO
 * surgery", equation 7): the codes of all samples together count as the normal distribution of their mean m and variance v = Var μ + E σ²,
 *
 *     E ½ (μ² + σ² − 1 − log σ²) = ½ (log v − E log σ²)  +  ½ (m² + v − 1 − log v)
 *                                          held                     offset
 *
 * @param mean μ of the codes of samples, one after the other: [samples, size].
 * @param logVariance log σ², likewise.
 */
export function codeInformation(mean: Float32Array, logVariance: Float32Array, size: number): CodeInformation {
  const count = mean.length / size;
  const [held, offset]: [number[], number[]] = [[], []];
  for (let place = 0; place < size; place++) {
    let [sum, squares, variance, logs] = [0, 0, 0, 0];
    for (let index = place; index < mean.length; index += size) {
      const log = logVariance[index] as number;
      sum += mean[index] as number;
      squares += (mean[index] as number) ** 2;
      variance += Math.exp(log);
      logs += log;
    }
    const m = sum / count;
    const v = Math.max(0, squares / count - m * m) + variance / count;
    held.push((Math.log(v) - logs / count) / 2);
    offset.push((m * m + v - 1 - Math.log(v)) / 2);
  }
  return { held, offset };
}
