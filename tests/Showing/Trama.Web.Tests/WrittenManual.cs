using Trama.Manual;

namespace Trama.Web.Tests;

/// <summary>The manual of this clone, in a folder of its own.</summary>
public sealed class WrittenManual : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trama-manual-").FullName;

    public WrittenManual() => Site.Write(TestData.Root, _folder);

    internal string[] Pages => Directory.GetFiles(_folder, "*.html", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    internal string Link(string page) => new Uri(Path.Combine(_folder, page)).AbsoluteUri;
}
