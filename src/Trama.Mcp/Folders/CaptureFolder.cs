using Microsoft.Win32.SafeHandles;
using Trama.Captures;
using Trama.Cli.ThisProcess;
using Trama.Mcp.Native;
using Trama.Reports;

namespace Trama.Mcp.Folders;

/// <summary>
/// The one folder whose captures are read: regular files below it, reached without a symbolic link and without <c>..</c>. The kernel
/// holds that (<c>openat2</c> with <c>RESOLVE_BENEATH</c>), so that nothing that is exchanged between a look and a reading leads elsewhere.
/// </summary>
/// <param name="folder">The folder, open as long as the server runs.</param>
/// <param name="language">The language of what is refused.</param>
internal sealed class CaptureFolder(OpenedPlace folder, Language language) : IDisposable
{
    /// <summary>How deep folders may lie in each other.</summary>
    public const int MostDepth = 8;

    // What a name becomes that is not UTF-8; no file is found by it.
    private const char NoLetter = '\uFFFD';

    private const int NotThere = 2, NoAccess = 13, OtherPlace = 18, NoFolder = 20, NoCall = 38, Link = 40;

    /// <summary>A path by which another process of the same user reaches this folder, whatever became of its name, as long as this is
    /// open.</summary>
    public string Path => folder.PathForOthers;

    /// <summary>Opens the folder that was named.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="language">The language.</param>
    /// <exception cref="UserError">It is none, or this system cannot keep to it.</exception>
    public static CaptureFolder Open(string path, Language language)
    {
        if (!OperatingSystem.IsLinux()) throw new UserError(language.Pick(
            "only Linux keeps a program to one folder (openat2)", "só o Linux mantém um programa em uma pasta (openat2)"));
        OpenedPlace opened = OpenedPlace.Named(path, out int error)
            ?? throw new UserError($"{path}: {Words(error, language)}");
        if (opened.IsFolder) return new CaptureFolder(opened, language);
        opened.Dispose();
        throw new UserError(language.Pick($"{path}: is no folder", $"{path}: não é uma pasta"));
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="name">Its path below the folder.</param>
    /// <param name="mostBytes">The most that it may have.</param>
    /// <exception cref="UserError">It is no regular file below the folder, or too large.</exception>
    public SafeFileHandle OpenFile(string name, long mostBytes)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || name.Split('/').Contains(".."))
            throw Refused(name, OtherPlace);
        ThrowIfGone();
        using OpenedPlace place = folder.Below(name, out int error) ?? throw Refused(name, error);
        if (!place.IsRegular) throw new UserError(language.Pick($"{name}: is no regular file", $"{name}: não é um arquivo regular"));
        if (place.Bytes > mostBytes) throw new UserError(language.Pick(
            $"{name}: has {place.Bytes} bytes, and at most {mostBytes} are read; cut it first: trama dump -r FILE -w PART FILTER",
            $"{name}: tem {place.Bytes} bytes, e são lidos no máximo {mostBytes}; corte-o antes: trama dump -r ARQUIVO -w PARTE FILTRO"));
        try
        {
            return File.OpenHandle(place.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException)
        {
            throw Refused(name, NoAccess);
        }
    }

    /// <summary>The captures below the folder, each with its path, size and time; folders in the order of their names.</summary>
    /// <param name="leftOut">Counts what was not looked at.</param>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="UserError">The folder is gone.</exception>
    public IEnumerable<FoundCapture> Captures(LeftOut leftOut, CancellationToken stop)
    {
        ThrowIfGone();
        return Below(folder, "", 0, leftOut, stop);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    // Who holds a folder open that was removed still sees one, which is empty for ever.
    private void ThrowIfGone()
    {
        using OpenedPlace? now = folder.Below(".", out _);
        if (now is { Links: 0 }) throw new UserError(language.Pick("the folder is gone that the server was started with",
            "a pasta com que o servidor foi iniciado não existe mais"));
    }

    private static IEnumerable<FoundCapture> Below(
        OpenedPlace parent, string prefix, int depth, LeftOut leftOut, CancellationToken stop)
    {
        foreach (string name in Names(parent, leftOut))
        {
            stop.ThrowIfCancellationRequested();
            using OpenedPlace? place = parent.Below(name, out int error);
            if (place is null) Count(name, error, leftOut);
            else if (place.IsFolder && depth == MostDepth) leftOut.TooDeep++;
            else if (place.IsFolder)
                foreach (FoundCapture found in Below(place, $"{prefix}{name}/", depth + 1, leftOut, stop)) yield return found;
            else if (place.IsRegular && IsCapture(place, leftOut))
                yield return new FoundCapture(prefix + name, place.Bytes, place.ModifiedAt);
        }
    }

    // What is not there any more is nothing that was left out.
    private static void Count(string name, int error, LeftOut leftOut)
    {
        if (error == Link) leftOut.Links++;
        else if (error != NotThere) leftOut.Unreadable++;
        else if (name.Contains(NoLetter, StringComparison.Ordinal)) leftOut.Unnameable++;
    }

    private static string[] Names(OpenedPlace parent, LeftOut leftOut)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(parent.Path).Select(path => System.IO.Path.GetFileName(path)).Order(
                StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            leftOut.Unreadable++;
            return [];
        }
    }

    private static bool IsCapture(OpenedPlace place, LeftOut leftOut)
    {
        try
        {
            using CaptureFile file = CaptureFile.Open(place.Path);
            return file.End?.Fault is not (CaptureFault.UnknownFormat or CaptureFault.Empty);
        }
        catch (CaptureException)
        {
            leftOut.Unreadable++;
            return false;
        }
    }

    private UserError Refused(string name, int error) => new($"{name}: {Words(error, language)}");

    private static string Words(int error, Language language) => error switch
    {
        NotThere or NoFolder => language.Pick("no such file", "arquivo não encontrado"),
        NoAccess => language.Pick("permission denied", "permissão negada"),
        OtherPlace => language.Pick("leads out of the folder", "leva para fora da pasta"),
        Link => language.Pick("a symbolic link, which is not followed", "um link simbólico, que não é seguido"),
        NoCall => language.Pick("this kernel cannot keep to a folder: Linux 5.6 can (openat2)",
            "este kernel não consegue se manter em uma pasta: o Linux 5.6 consegue (openat2)"),
        _ => language.Pick($"cannot be opened (error {error})", $"não pode ser aberto (erro {error})"),
    };
}
