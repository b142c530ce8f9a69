namespace Trama.Browser;

/// <summary>A file that was dropped on the page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Open">Reads it from its beginning; as often as is asked.</param>
internal sealed record LocalFile(string Name, Func<Stream> Open);
