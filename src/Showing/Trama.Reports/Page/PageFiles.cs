using System.Reflection;

namespace Trama.Reports.Page;

/// <summary>The files of the page, embedded as they stand in the folder <c>Files</c>.</summary>
public static class PageFiles
{
    private const string Prefix = "Trama.Reports.Page/";

    private static readonly Lazy<IReadOnlyDictionary<string, PageFile>> s_files = new(Read);

    /// <summary>All of them.</summary>
    public static IEnumerable<PageFile> All => s_files.Value.Values;

    /// <summary>The file of a path, <c>/</c> for the page itself; null when there is none.</summary>
    public static PageFile? Find(string path) => s_files.Value.GetValueOrDefault(path == "/" ? "/index.html" : path);

    private static Dictionary<string, PageFile> Read()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            string path = "/" + name[Prefix.Length..];
            files.Add(path, new PageFile(path, TypeOf(path), bytes));
        }

        return files;
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
