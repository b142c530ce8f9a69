using Microsoft.AspNetCore.Http;

namespace Trama.Web.Serving;

/// <summary>What every response says of how it may be used.</summary>
internal static class ResponseHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' blob: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Sets them.</summary>
    public static void Set(HttpResponse response)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
