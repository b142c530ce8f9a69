using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Reports;

namespace Trama.Browser;

/// <summary>What was dropped on the page: captures, and the secrets that came with them.</summary>
internal sealed class LocalFiles
{
    /// <summary>Looks what the files are.</summary>
    /// <param name="dropped">The files.</param>
    /// <param name="language">The language of what is refused.</param>
    public LocalFiles(IEnumerable<LocalFile> dropped, Language language)
    {
        foreach (LocalFile one in dropped)
        {
            using CaptureFile file = CaptureFile.Open(one.Open());
            // A file that ends early is shown as far as it goes; one that says of no interface is none.
            CaptureEnd? end = file.Interfaces.Count == 0 && file.End is { IsComplete: false } told ? told : null;
            if (end is { Fault: CaptureFault.UnknownFormat or CaptureFault.Empty } && Keys.TryTake(one)) continue;
            if (end is not null)
            {
                Refusals.Add($"{one.Name}: {CaptureEndWords.Of(end, language)}");
                continue;
            }

            Captures.Add(one);
            Size += file.Size ?? 0;
        }

        Keys.GatherFrom(Captures);
        if (Captures.Count == 2) LookWhetherOne(language);
    }

    /// <summary>The captures.</summary>
    public List<LocalFile> Captures { get; } = [];

    /// <summary>The names of the captures.</summary>
    public string[] Names => [.. Captures.Select(capture => capture.Name)];

    /// <summary>How many bytes the captures have.</summary>
    public long Size { get; }

    /// <summary>The secrets.</summary>
    public LocalKeys Keys { get; } = new();

    /// <summary>Which files are not shown, and why.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>Whether two captures are of two places on the path of the same connections.</summary>
    public bool AreTwoPlaces { get; private set; }

    private void LookWhetherOne(Language language)
    {
        (bool areTwoPlaces, bool isOne) = LocalPair.Look(Captures[0], Captures[1]);
        AreTwoPlaces = areTwoPlaces;
        if (!isOne) return;
        Refusals.Add(language.Pick($"{Captures[1].Name}: the same capture as {Captures[0].Name}; it is read once",
            $"{Captures[1].Name}: a mesma captura que {Captures[0].Name}; ela é lida uma só vez"));
        Captures.RemoveAt(1);
    }
}
