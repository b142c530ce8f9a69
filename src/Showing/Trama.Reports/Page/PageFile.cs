namespace Trama.Reports.Page;

/// <summary>A file of the page.</summary>
/// <param name="Path">Its path on a server: <c>/app.js</c>.</param>
/// <param name="ContentType">What it is.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record PageFile(string Path, string ContentType, ReadOnlyMemory<byte> Bytes);
