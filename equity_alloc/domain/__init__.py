"""The vocabulary: money in cents, posts in hundredths, schools, funds, findings and errors. Standard library only."""
