namespace Trama.Manual;

/// <summary>The manual: a folder that needs no server, one page for each document.</summary>
public static class Site
{
    /// <summary>Writes the manual of a clone, and gives the number of its pages.</summary>
    /// <param name="root">The clone.</param>
    /// <param name="folder">Where the manual is written; what is there is replaced.</param>
    /// <exception cref="ManualException">A document has no place in the contents, or a link leads nowhere.</exception>
    public static int Write(string root, string folder)
    {
        Document[] documents = [.. Contents.Find(root).Select(path => new Document(root, path))];
        var links = new Links(root, documents.Select(document => document.Path).ToHashSet());
        Array.ForEach(documents, links.Turn);
        var sheet = new Sheet(documents);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (Document document in documents) File.WriteAllText(Place(document.Page), sheet.Write(document));
        foreach (string image in links.Images) File.Copy(Path.Combine(root, image), Place(Document.PlaceOf(image)));
        File.WriteAllText(Place("index.js"), SearchIndex.Write(documents));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Files")))
            File.Copy(file, Place(Path.GetFileName(file)));
        return documents.Length;

        string Place(string path)
        {
            string place = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            return place;
        }
    }
}
