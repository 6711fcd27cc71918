"""The example annotations: two people's work on the sample corpus, to see what review and analysis are for."""

from typing import TYPE_CHECKING

from annotator import paths
from annotator.project.sample import sample_documents
from annotator.project.taking_work import TakingWork

if TYPE_CHECKING:
    from annotator.domain.work import WorkPreview


class Examples(TakingWork):
    """The part of Project that takes in the example annotations."""

    def take_examples(self) -> "WorkPreview":
        """Take in what Ana Ruiz and Ben Okafor made of the sample's articles, as one change; once more adds nothing.

        Raises as `take_work` does. In a project without the articles these come in too.
        """
        return self.take_work(paths.resources() / "examples" / "two-annotators.jsonl")

    def has_sample(self) -> bool:
        """Whether all articles of the sample corpus are in the project, each with its text as it came."""
        texts = {document.text_sha256 for document in self.documents}
        return all(document.text_sha256 in texts for document, _ in sample_documents())
