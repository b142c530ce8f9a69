using Trama.Captures;
using Trama.Cli.Native;
using Trama.Framing;
using Trama.Reports;

namespace Trama.Cli.ThisProcess;

/// <summary>A file that somebody named, written under another name until all of it is there: what had its name before stays until then.
/// Where the name is a link, it stays one.</summary>
internal sealed class WholeFile : IDisposable
{
    private readonly string _path;

    /// <summary>Looks at what is there; writes nothing.</summary>
    /// <exception cref="UserError">There is something that is no file, which would be lost.</exception>
    /// <exception cref="CaptureException">There is somebody else's link.</exception>
    /// <exception cref="IOException">The link leads nowhere that can be told.</exception>
    public WholeFile(string path, Language language)
    {
        OthersLinks.Refuse(path);
        _path = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : path;
        if (FileOwner.Of(_path) is { IsFile: false }) throw new UserError(language.Pick(
            $"{VisibleText.Of(path)} is a device, a pipe or a folder, which a file would take the place of: name a file",
            $"{VisibleText.Of(path)} é um dispositivo, um pipe ou uma pasta, cujo lugar um arquivo tomaria: informe um arquivo"));
        Part = $"{_path}.{Path.GetRandomFileName()}.part";
    }

    /// <summary>Where it is written.</summary>
    public string Part { get; }

    /// <summary>All of it is there: gives it its name.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The system refuses.</exception>
    public void Keep() => File.Move(Part, _path, overwrite: true);

    /// <summary>Takes away what was not kept.</summary>
    public void Dispose() => File.Delete(Part);
}
