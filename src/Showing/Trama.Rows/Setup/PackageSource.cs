using System.Text.Json;

namespace Trama.Rows.Setup;

/// <summary>Where packages are: a folder, or a service of NuGet's third protocol.</summary>
/// <param name="address">The folder, or the URL of the service's index.</param>
/// <param name="http">Asks the service.</param>
public sealed class PackageSource(string address, HttpClient http)
{
    private const string BaseAddress = "PackageBaseAddress/3.0.0";
    private const int LargestIndex = 1 << 20;

    /// <summary>Opens a package.</summary>
    /// <returns>Its bytes, and how many they are, where that is known; null when the source does not have it.</returns>
    /// <exception cref="HttpRequestException">The source cannot be asked.</exception>
    /// <exception cref="JsonException">It does not answer as a service of packages.</exception>
    public async Task<(Stream Bytes, long? Length)?> OpenAsync(string package, string version, CancellationToken stop)
    {
        string name = package.ToLowerInvariant(), file = $"{name}.{version}.nupkg";
        if (!address.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return Open(name, version, file);
        if (await PackagesAsync(stop).ConfigureAwait(false) is not { } packages) return null;
        HttpResponseMessage response = await http.GetAsync(
            new Uri(packages, $"{name}/{version}/{file}"), HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), response.Content.Headers.ContentLength);
    }

    // A folder has packages side by side, or in a folder for each name and version.
    private (Stream, long?)? Open(string name, string version, string file)
    {
        string? path = ((string[])[Path.Combine(address, file), Path.Combine(address, name, version, file)]).FirstOrDefault(File.Exists);
        if (path is null) return null;
        FileStream bytes = File.OpenRead(path);
        return (bytes, bytes.Length);
    }

    private async Task<Uri?> PackagesAsync(CancellationToken stop)
    {
        using HttpResponseMessage response = await http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, stop)
            .ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LargestIndex, stop).ConfigureAwait(false);
        byte[] json = await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        using JsonDocument index = JsonDocument.Parse(json);
        if (index.RootElement.ValueKind != JsonValueKind.Object || !index.RootElement.TryGetProperty("resources", out JsonElement resources)
            || resources.ValueKind != JsonValueKind.Array) throw new JsonException(address);
        foreach (JsonElement resource in resources.EnumerateArray())
        {
            if (Text(resource, "@type") == BaseAddress && Text(resource, "@id") is { } id
                && Uri.TryCreate(id.TrimEnd('/') + "/", UriKind.Absolute, out Uri? packages)) return packages;
        }

        return null;
    }

    private static string? Text(JsonElement resource, string name) =>
        resource.ValueKind == JsonValueKind.Object && resource.TryGetProperty(name, out JsonElement value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
