export { exportOnnx, type ExportOnnxOptions } from "./export-onnx.ts";
export { OnnxFileError } from "./onnx-file-error.ts";
