using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Syntax;

namespace Trama.Manual;

/// <summary>One document: its Markdown, and where its page lies.</summary>
internal sealed class Document
{
    private const string Translation = ".pt-BR.md";

    /// <summary>What of Markdown the documents use, as the hosts of repositories read it: anchors as theirs, tables.</summary>
    public static MarkdownPipeline Pipeline { get; } =
        new MarkdownPipelineBuilder().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePipeTables().UseAutoLinks().Build();

    /// <summary>Reads a document.</summary>
    /// <param name="root">The clone.</param>
    /// <param name="path">Where the document lies in it.</param>
    /// <exception cref="ManualException">It has no title.</exception>
    public Document(string root, string path)
    {
        Path = path;
        Page = PlaceOf(path);
        Markdown = Markdig.Markdown.Parse(Explanations.Documents.GetValueOrDefault(path)
            ?? File.ReadAllText(System.IO.Path.Combine(root, path)), Pipeline);
        Title = Markdown.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1) is { } title
            ? PlainText.Of(title)
            : throw new ManualException($"{path}: it has no title");
    }

    /// <summary>Where the document lies in the clone.</summary>
    public string Path { get; }

    /// <summary>Where its page lies in the manual.</summary>
    public string Page { get; }

    /// <summary>Its first heading.</summary>
    public string Title { get; }

    /// <summary>Its parts.</summary>
    public MarkdownDocument Markdown { get; }

    /// <summary>Whether it is in Portuguese; all others are in English.</summary>
    public bool IsPortuguese => Path.EndsWith(Translation, StringComparison.Ordinal);

    /// <summary>Its language, as HTML names it.</summary>
    public string Language => IsPortuguese ? "pt-BR" : "en";

    /// <summary>The document that this one is, or translates.</summary>
    public string Original => IsPortuguese ? Path.Replace(Translation, ".md", StringComparison.Ordinal) : Path;

    /// <summary>Where the translation of a document would lie.</summary>
    public static string Translated(string path) => System.IO.Path.ChangeExtension(path, null) + Translation;

    /// <summary>Where a file of the clone lies in the manual: README comes first, and <c>docs</c> is the manual's root.</summary>
    public static string PlaceOf(string path)
    {
        string place = path.StartsWith("docs/", StringComparison.Ordinal) ? path["docs/".Length..] : path;
        if (!place.EndsWith(".md", StringComparison.Ordinal)) return place;
        return System.IO.Path.ChangeExtension(place.Replace("README", "index", StringComparison.Ordinal), "html");
    }
}
