namespace Trama.View.Pages;

/// <summary>A page of a capture.</summary>
/// <param name="context">What all of them share.</param>
internal abstract class CapturePage(ViewContext context) : Page(context)
{
    /// <summary>What all of them share.</summary>
    protected ViewContext Context { get; } = context;
}
