export { exportOnnx, type ExportOnnxOptions } from "./export-onnx.ts";
export { importOnnx } from "./import-onnx.ts";
export { OnnxFileError } from "./onnx-file-error.ts";
