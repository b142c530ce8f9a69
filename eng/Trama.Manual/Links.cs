using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Trama.Manual;

/// <summary>
/// Turns the links of a document, which lead from file to file of the clone, into links from page to page. A link to a file that is no page
/// becomes its words; an image is noted as needed.
/// </summary>
internal sealed class Links(string root, IReadOnlySet<string> documents)
{
    /// <summary>The images that pages show, as paths in the clone.</summary>
    public SortedSet<string> Images { get; } = new(StringComparer.Ordinal);

    /// <summary>Turns those of one document.</summary>
    /// <exception cref="ManualException">A link leads nowhere.</exception>
    public void Turn(Document document)
    {
        foreach (LinkInline link in document.Markdown.Descendants<LinkInline>().ToList()) Turn(document, link);
    }

    private void Turn(Document document, LinkInline link)
    {
        string address = link.Url ?? "";
        if (address.StartsWith('#') || Uri.TryCreate(address, UriKind.Absolute, out _)) return;
        string[] parts = address.Split('#', 2);
        string target = Path.GetRelativePath(root, Path.Combine(root, Path.GetDirectoryName(document.Path)!, parts[0]));
        if (!documents.Contains(target) && !Path.Exists(Path.Combine(root, target)))
            throw new ManualException($"{document.Path}: {address} leads nowhere");
        if (link.IsImage) Images.Add(target);
        else if (!documents.Contains(target))
        {
            // Its words stay, without the link.
            while (link.FirstChild is { } child)
            {
                child.Remove();
                link.InsertBefore(child);
            }

            link.Remove();
            return;
        }

        string from = Path.GetDirectoryName(document.Page)!;
        link.Url = string.Join('#', [Path.GetRelativePath(from.Length == 0 ? "." : from, Document.PlaceOf(target)), .. parts[1..]]);
    }
}
