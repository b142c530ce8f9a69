namespace Trama.Mcp.Folders;

/// <summary>A capture below the folder.</summary>
/// <param name="Name">Its path below the folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ModifiedAt">When it was last written.</param>
internal sealed record FoundCapture(string Name, long Bytes, DateTimeOffset ModifiedAt);
